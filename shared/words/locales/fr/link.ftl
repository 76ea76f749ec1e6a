### Pages qu’un seul lien ouvre.

keep-to-yourself = Le lien qui a ouvert cette page est le vôtre : quiconque l’a peut faire ce que la page propose. Merci de ne pas le transmettre.
accepted = Vous avez accès
    .says = Un message avec votre propre lien est en route. Vous n’avez pas besoin de mot de passe.
# The next steps of somebody who is let in.
begin-new = Faire une demande
begin-new-says = Une question, une panne, quelque chose dont vous avez besoin.
begin-requests = Voir les demandes
begin-requests-says = Les vôtres et celles qui sont partagées avec votre organisation.
begin-profile = Voir votre profil
begin-profile-says = Votre nom, votre langue, votre fuseau horaire, les messages que vous souhaitez.
invitation-declined = Vous avez refusé
    .says = Vous n’entendrez plus parler de cette invitation. Rien d’autre n’a été fait.
kept = Votre accès est conservé
    .says = Vous n’avez rien d’autre à faire.
approved = Vous avez approuvé
    .says = Votre réponse est enregistrée, et la personne qui a fait la demande en est informée.
approval-declined = Vous avez refusé
    .says = Votre réponse est enregistrée, et la personne qui a fait la demande en est informée.
mail-stopped = Les messages sont arrêtés
    .says =
        Les messages sur votre accès continuent : vous ne remarqueriez pas quand il se termine.

        Vous pouvez recevoir les autres de nouveau : ceux sur une demande depuis sa page, tous depuis votre profil. Pour cela, faites-vous envoyer votre lien.
exception-allowed = L’invitation est en route
    .says = La personne peut l’accepter ou la refuser depuis son message.
exception-refused = L’invitation est refusée
    .says = Elle n’a pas été envoyée. La personne qui l’avait demandée en est informée.
released = Le passage se poursuit
    .says = Le prochain passage, d’ici un quart d’heure, l’exécute. Il réexamine d’abord chaque personne : celles qui ont été actives depuis restent.
link-mailed = Consultez votre boîte de réception
    .says =
        Si nous connaissons cette adresse, un message avec un lien est en route vers elle.

        Rien après quelques minutes ? Regardez dans vos courriers indésirables, ou essayez l’adresse que vous utilisiez auparavant.
refused = Cela n’est pas possible
foreign-form = Veuillez réessayer
    .says = La page est restée ouverte trop longtemps, ou le formulaire n’en provenait pas : rien n’a été fait. Ouvrez de nouveau la page et appuyez sur son bouton.
from-elsewhere = Cela venait d’un autre site
    .says = Le formulaire n’a pas été envoyé depuis une page de ce service : rien n’a été fait. Si vous vouliez l’envoyer, ouvrez vous-même la page et envoyez-le de là.
over = Ce lien n’est plus valable
    .says = Il a déjà servi, il a expiré, ou un plus récent l’a remplacé. Rien n’a été fait à l’instant.
over-expired = Il a expiré le { $date }. Rien n’a été fait à l’instant.
over-replaced = Il y a été mis fin, ou un plus récent l’a remplacé. Rien n’a été fait à l’instant.
over-accepted = Vous avez accepté cette invitation le { $date }.
over-declined = Vous avez refusé cette invitation le { $date }.
over-kept = Vous avez déjà conservé votre accès le { $date }.
over-kept-by = { $who } a conservé votre accès le { $date }.
over-allowed = Vous avez autorisé cela le { $date }.
over-allowed-by = { $who } a autorisé cela le { $date }.
over-refused = Vous avez refusé cela le { $date }.
over-refused-by = { $who } a refusé cela le { $date }.
instead = Continuer en tant qu’une autre personne ?
instead-lead = Vous êtes connecté(e) en tant que { $known }. Ce lien est destiné à { $other }.
instead-warning = Si vous continuez, vous êtes d’abord déconnecté(e), et ce que vous écrivez ensuite l’est sous l’autre nom. Si le lien ne vient pas d’un message qui vous était adressé, restez.
go-on = Continuer en tant que { $other }
stay = Rester connecté(e)
renew = Un nouveau lien
renew-button = M’envoyer un nouveau lien
not-found = Il n’y a rien ici
    .says = L’adresse est peut-être incomplète : certains programmes coupent les longs liens. Ouvrez de nouveau le lien de votre message, ou faites-vous en envoyer un nouveau.
no-session = Cette page s’ouvre avec votre lien personnel
    .says = Il figure dans nos messages et vous donne accès pendant une heure à chaque fois. Ouvrez-le de nouveau, ou faites-vous en envoyer un nouveau.
too-large = C’était trop long
    .says = Le formulaire dépasse ce que nous pouvons accepter : rien n’a été fait. Veuillez écrire moins.
not-a-form = Nous n’avons pas pu lire ce formulaire
    .says = Rien n’a été fait. Ouvrez la page depuis votre message et appuyez sur son bouton.
bad-reason = Votre motif n’a pas pu être enregistré
    .says = Il dépasse 500 caractères, ou contient des caractères invisibles qui changent le sens du texte. Rien n’a été fait. Revenez en arrière et raccourcissez-le.
not-allowed = Cela n’est pas possible ici
    .says = Rien n’a été fait. Ouvrez la page depuis votre message et appuyez sur son bouton.
too-many = Veuillez patienter un peu
    .says = Plusieurs liens ont été demandés en quelques minutes. Consultez votre boîte de réception, et réessayez dans un quart d’heure.
unavailable = Veuillez réessayer dans un instant
    .says = Une partie de notre système n’a pas répondu : rien n’a été fait. Votre lien reste valable, et ce que vous avez saisi est encore là si vous revenez en arrière dans votre navigateur.
open-link-again = Retour à la page
send-link = M’envoyer mon lien
    .says = Indiquez votre adresse e-mail. Si nous la connaissons, nous vous envoyons aussitôt un lien vers tout ce qui est à vous.
email = Adresse e-mail
not-an-address = Ce n’est pas une adresse e-mail. Elle ressemble à nom@entreprise.example.
send = M’envoyer mon lien
note = Message personnel
invited-address = Pour
answer-by = Réponse attendue avant
access-ends = Fin de l’accès
accept = Accepter
decline = Refuser
no-answer = Si vous ne faites rien, vous recevez au plus un rappel, puis l’invitation expire.
keep = Avez-vous encore besoin de votre accès ?
keep-not-needed = Il n’est pas près de se terminer. Vous pouvez tout de même dire que vous en avez besoin.
keep-button = Conserver mon accès
keep-or-not = Si vous n’en avez plus besoin, vous n’avez rien à faire. Rien de ce que vous avez écrit n’est supprimé, et un ou une responsable de votre organisation pourra vous redonner accès.
exception = Cette personne peut-elle être invitée ?
outside-domains = L’adresse est en dehors des domaines depuis lesquels l’organisation peut inviter.
no-free-seat = Toutes les places sont occupées pour le moment : vous pourrez l’autoriser dès qu’une sera libre.
person = Personne
name-given = Nom, tel qu’indiqué dans l’invitation
role = Rôle prévu
no-end = à aucune date
seats-label = Places
organization = Organisation
allowed-domains = Domaines autorisés
decide-by = À décider avant
allow = Autoriser
refuse = Refuser
held = Le passage d’inactivité s’est arrêté
began = Début
would-lose = Personnes que perdrait chaque organisation
release = Laisser ce passage se poursuivre
held-stays = Si vous ne faites rien, personne n’est retiré. Toutes les personnes concernées ont été averties et ont eu tout le délai que les règles leur accordent.
stop-request = Ne plus recevoir de messages sur cette demande ?
stop-request-lead = Vous recevez des messages quand quelqu’un la commente ou que son état change.
stop-all = Ne plus recevoir aucun message ?
stop-all-lead = Vous recevez des messages sur les demandes auxquelles vous participez.
stop = Arrêter ces messages
access-mails-stay = Les messages sur votre accès ne peuvent pas être arrêtés : vous ne remarqueriez pas quand il se termine.
request = Demande
description = Description
details = Détails
comments = Commentaires
no-comments = Personne n’a encore commenté.
older-comments = Les commentaires plus anciens ne figurent pas ici.
from-desk = service
history = Historique
reported-late = signalé tardivement
approval = Approuvez-vous ?
approval-lead = Votre approbation est demandée pour cette demande.
your-answer = Votre réponse
why = Motif
optional = facultatif
why-hint = La personne qui a fait la demande le lit. Au plus 500 caractères.
approve = Approuver

## La règle qui s’y oppose

refusal-seat-cap-reached = Toutes les places de l’organisation sont occupées. Dès qu’une sera libre, vous pourrez réessayer.
refusal-unknown-approval = Votre approbation n’est plus demandée ici.
refusal-limit-reached = La demande n’accepte plus de texte. Veuillez répondre avec un motif plus court, ou sans motif.
refusal-unknown-organization = Cette organisation n’existe pas.
refusal-unknown-desk = Ce service n’existe pas.
refusal-unknown-request = Cette demande n’existe pas.
refusal-unknown-account = Cette personne ne fait pas partie de l’organisation.
refusal-unreadable = Cela n’a pas pu être lu.
refusal-request-exists = Cette demande est déjà enregistrée.
refusal-access-denied = Cela ne vous est pas permis ici.
refusal-domain-not-allowed = L’adresse est en dehors des domaines de l’organisation.
refusal-daily-limit-reached = Plus personne ne peut être invité aujourd’hui.
refusal-awaiting-approval = La question a été posée à l’administration.
refusal-invalid-email = Ce n’est pas une adresse e-mail de la forme nom@domaine.
refusal-duplicate = La même personne figure dans une ligne précédente.
refusal-date-in-the-past = Cette date est passée.
refusal-hand-over-to-not-a-member = La personne qui devrait reprendre les demandes n’a pas accès à l’organisation.
refusal-last-lead = Chaque organisation a besoin d’une personne responsable : désignez-en d’abord une autre.
refusal-not-possible-now = Cela n’est plus possible : le délai est passé, ou une réponse est arrivée entre-temps.
refusal-too-many-early-updates = Trop de mises à jour attendent déjà cette demande.
too-often-minutes =
    { $minutes ->
        [1] Cela enverrait des messages à d’autres, et trop de messages ont été déclenchés en peu de temps. Rien n’a été fait : veuillez réessayer dans une minute.
       *[other] Cela enverrait des messages à d’autres, et trop de messages ont été déclenchés en peu de temps. Rien n’a été fait : veuillez réessayer dans { $minutes } minutes.
    }
too-often-hours =
    { $hours ->
        [one] Cela enverrait des messages à d’autres, et trop de messages ont été déclenchés en peu de temps. Rien n’a été fait : veuillez réessayer dans { $hours } heure.
       *[other] Cela enverrait des messages à d’autres, et trop de messages ont été déclenchés en peu de temps. Rien n’a été fait : veuillez réessayer dans { $hours } heures.
    }

## Phrases avec des noms

renew-lead = Il est envoyé à l’adresse à laquelle ce lien était destiné, { $address }, s’il y a quelque chose à ouvrir pour elle.
invitation = Vous êtes invité(e) à rejoindre { $org }
invites = Vous êtes invité(e) à devenir membre de { $org }.
invites-by = { $inviter } vous invite à devenir membre de { $org }.
invites-to-desk = Vous êtes invité(e) à utiliser { $desk } en tant que membre de { $org }.
invites-to-desk-by = { $inviter } vous invite à utiliser { $desk } en tant que membre de { $org }.
as-member = Vous pourrez ainsi faire des demandes, les suivre et lire les réponses, sans mot de passe.
as-lead = En tant que responsable, vous pouvez faire des demandes et les suivre, sans mot de passe, et vous veillez à qui, dans votre organisation, a accès.
keep-lead = Vous avez accès en tant que membre de { $org }.
keep-lead-at = Vous avez accès à { $desk } en tant que membre de { $org }.
exception-lead = Une personne doit être invitée à rejoindre { $org }.
exception-lead-by = { $inviter } souhaite inviter quelqu’un à rejoindre { $org }.
would-be-lead = responsable : voit toutes les personnes de l’organisation, invite et met fin à des accès
would-be-member = membre
seats = { $used } sur { $cap } sont occupées
held-lead =
    { $count ->
        [one] Il aurait retiré { $count } personne, plus que la limite. Personne n’a été retiré.
       *[other] Il aurait retiré { $count } personnes, plus que la limite. Personne n’a été retiré.
    }
answered-approved = Vous avez approuvé cette demande
answered-declined = Vous avez refusé cette demande
