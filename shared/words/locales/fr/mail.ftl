### Ce que plusieurs messages disent de la même façon.
###
### Vocabulaire : une « demande » (request), un ou une « responsable » (lead), la « page de gestion » (console), une « approbation »
### (approval), une « place » (seat), un « service » (desk). On dit « vous ».

## Boutons et indications

open-console = Ouvrir votre page de gestion
open-request = Ouvrir la demande
open-requests = Ouvrir vos demandes
labelled = { $label } :
request = Demande
summary = Objet
answer-by = Réponse attendue avant
access-ends = Fin de votre accès
undo-until = Annulation possible jusqu’au
shortened = (Texte abrégé ici.)
reason-given = Motif indiqué :
not-added = Une réponse à ce message n’est pas ajoutée à la demande.

## Pourquoi quelqu’un reçoit un message

why-access = Vous recevez ce message parce que vous avez accès à { $desk }.
why-administrator = Vous recevez ce message parce que vous administrez { $desk }.
why-follower = Vous recevez ce message parce que vous suivez cette demande.
why-inbox = Vous recevez ce message parce que cette adresse est la boîte de réception de { $desk }.
why-lead = Vous recevez ce message parce que vous êtes responsable de { $org }.

## Le pied du message

stop-request = Ne plus recevoir de messages sur cette demande
stop-all = Ne plus recevoir aucun message sur des demandes
access-mails-stay = Les messages sur votre propre accès ne peuvent pas être arrêtés : ils sont rares, et sans eux votre accès pourrait changer à votre insu.
care-mails-stay = Les messages sur l’accès d’autres personnes ne peuvent pas être arrêtés. Ils sont envoyés à celles et ceux qui s’en occupent, et cessent quand ce n’est plus votre cas.
desk-mails-stay = Les messages à un service ne peuvent pas être arrêtés ici : ils lui apprennent ce qui se passe sur les pages. Leur destination est indiquée là où le service est décrit.
unconfirmed-mail-stays = Ce message ne peut pas être arrêté, et aucun autre ne le suit sans votre confirmation.
links-lead-to = Les liens mènent à { $host }. Ils fonctionnent sans mot de passe et ne sont destinés qu’à vous : merci de ne pas transférer ce message.
