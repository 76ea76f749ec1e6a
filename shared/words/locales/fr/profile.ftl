### Le profil d’une personne.

title = Votre profil
of = Pour
name = Nom
name-hint = C’est ainsi que les autres vous voient dans les demandes.
wrong-name = Veuillez indiquer votre propre nom : au plus 200 caractères, avec des lettres, sans adresse, et pas le nom d’un service.
language = Langue
as-the-browser = Celle que demande mon navigateur
zone = Fuseau horaire
zone-hint = Les heures y sont indiquées, par exemple Europe/Paris. Sans indication, celui de votre navigateur ou de votre organisation s’applique.
wrong-zone = Ce fuseau horaire n’existe pas. Un fuseau se nomme par région et ville, par exemple Europe/Paris. Rien n’a été enregistré.
save = Enregistrer
saved = Votre profil est enregistré.
mails = Messages
mails-on = Vous recevez des messages sur les demandes auxquelles vous participez.
mails-off = Vous ne recevez aucun message sur des demandes.
stop = Ne plus en recevoir
resume = En recevoir de nouveau
stopped = Vous ne recevez plus de messages sur des demandes.
resumed = Vous recevez de nouveau des messages sur des demandes.
about-one-request = Les messages sur une seule demande se règlent sur la page de celle-ci.
to-the-requests = Vers mes demandes
access-mails-stay = Les messages sur votre accès ne peuvent pas être arrêtés : vous ne remarqueriez pas quand il se termine.
links = Mettre fin à tous mes liens
links-lead = Si l’un de vos liens est tombé entre d’autres mains, vous pouvez mettre fin à tous ceux qui vous ont été envoyés jusqu’ici, y compris celui qui a ouvert cette page. Vous pouvez aussitôt vous en faire envoyer un nouveau. Les liens qui arrêtent des messages restent : ils n’ouvrent rien.
end-links = Mettre fin à tous mes liens
links-ended = Tous vos liens ont pris fin. Vous pouvez ici vous en faire envoyer un nouveau.
