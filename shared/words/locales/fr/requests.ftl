### Listes de demandes, et une demande.

my-requests = Mes demandes
new-request = Nouvelle demande
profile = Profil
which = Quelles demandes
state = État
open = En cours
closed = Closes
search = Rechercher
search-hint = Mots de l’objet, ou le numéro
desk = Service
every-desk = Tous les services
kind = Type
every-kind = Tous les types
organization = Organisation
show = Afficher
show-all = Tout afficher
nothing-found = Rien ici ne correspond à votre recherche.
no-organization = Vous n’appartenez à aucune organisation : rien n’est donc partagé avec l’une d’elles.
older = Demandes plus anciennes
newest = Retour aux plus récentes
look-further = Chercher plus loin
columns = Choisir les colonnes
columns-lead = Les colonnes de vos listes, et leur ordre. L’objet de la demande en fait toujours partie.
no-column = (aucune)
save = Enregistrer
back-to-list = Retour à mes demandes
key = Demande
first-key = Faite sous le numéro
raised-by = Faite par
you = vous
raised = Faite le
resolution = Résultat
takes-part = Participe
shared-with = Partagée avec
description = Description
details = Détails
history = Historique
reported-late = signalé tardivement
comments = Commentaires
no-comments = Personne n’a encore rien écrit.
from-desk = du service
older-comments = Afficher les commentaires plus anciens
newest-comments = Retour aux commentaires les plus récents
your-comment = Votre commentaire
comment-hint = Le service et toutes les personnes qui suivent cette demande le lisent. Vous pouvez utiliser **gras**, listes, `code` et liens.
send-comment = Envoyer le commentaire
approval = Votre approbation est demandée
approval-lead = Veuillez lire la demande et dire si elle doit être exécutée.
approvals = Approbations
answer-by = Réponse attendue avant
why = Motif (facultatif)
why-hint = La personne qui a fait la demande et le service le lisent.
approve = Approuver
decline = Refuser
waiting = En attente de réponse
change-status = Changer l’état
change-status-lead = Le service vous en laisse le choix. Il en est informé, comme toutes les personnes qui suivent la demande.
share = Partager
share-lead = Les personnes avec qui vous la partagez lisent tout ce que vous lisez ici et peuvent commenter.
colleague = L’adresse e-mail d’un ou d’une collègue
colleague-hint = Une personne qui a accès à votre organisation ici. Elle reçoit un message.
share-with-colleague = Partager avec cette personne
mails = Messages sur cette demande
mails-on = Vous recevez un message quand quelqu’un commente ou que l’état change.
mails-off = Vous ne recevez aucun message sur cette demande.
stop-mails = Arrêter ces messages
resume-mails = M’envoyer des messages
stale-form = Cette page est restée ouverte trop longtemps : rien n’a été envoyé. Ce que vous avez saisi est encore là, veuillez l’envoyer de nouveau.
not-an-address = Ce n’est pas une adresse e-mail de la forme nom@domaine.

## Phrases avec des valeurs

moved-on = Cette demande a été déplacée et continue sous le numéro { $key }. Vous la suivez comme auparavant.
moved-elsewhere = Cette demande a été déplacée à un endroit qui ne relève pas de ce service. Elle y porte le numéro { $key }. Ce qui s’y passe n’est pas affiché ici : veuillez vous adresser à celles et ceux qui s’en occupent désormais.
nth-column = Colonne { $number }
decision-approved = Approuvée
decision-declined = Refusée
share-with-organization = Partager avec tout le monde chez { $name }

## Listes vides, et ce qu’il y a alors à faire

nothing-created-open = Vous n’avez aucune demande en cours. Si quelque chose ne fonctionne pas ou s’il vous faut quelque chose, faites-en une.
nothing-created-closed = Aucune de vos demandes n’est encore close.
nothing-approvals-open = Rien n’attend votre approbation. Quand ce sera le cas, vous recevrez un message.
nothing-approvals-closed = Une demande close n’attend aucune approbation.
nothing-shared-open = Aucune demande en cours n’est partagée avec votre organisation. La personne qui en a fait une peut la partager sur sa page.
nothing-shared-closed = Aucune demande close n’est partagée avec votre organisation.
nothing-taking-part-open = Vous ne participez à aucune demande en cours. Si quelqu’un en partage une avec vous, elle apparaît ici.
nothing-taking-part-closed = Vous ne participez à aucune demande close.

## Listes

aspect-created = Faites par moi
aspect-approvals = En attente de mon approbation
aspect-shared = Partagées avec mon organisation
aspect-taking-part = J’y participe

## Colonnes

column-summary = Objet
column-key = Numéro
column-status = État
column-kind = Type
column-desk = Service
column-reporter = Faite par
column-organization = Organisation
column-created = Faite le
column-changed = Dernière modification

## Ce qu’un formulaire a fait

done-raised = Votre demande est au service. Un message avec un lien vers elle est en route vers vous.
done-commented = Votre commentaire est en route vers le service et toutes les personnes qui suivent la demande.
done-shared = La demande est partagée.
done-status-changed = L’état est modifié, et le service en est informé.
done-approved = Vous avez approuvé. Le service et la personne qui a fait la demande en sont informés.
done-declined = Vous avez refusé. Le service et la personne qui a fait la demande en sont informés.
done-mails-on = Vous recevez désormais des messages sur cette demande.
done-mails-off = Vous ne recevez plus de messages sur cette demande.
done-columns-chosen = Vos listes ont désormais ces colonnes.
done-already = C’était déjà le cas : rien n’a dû être changé.

## Pourquoi un formulaire n’a rien fait

refused-not-a-member = Personne avec cette adresse n’a accès à votre organisation ici. Le ou la responsable de votre organisation peut inviter cette personne.
refused-limit-reached = Cette demande est déjà vue par autant de personnes que possible. Partagez-la plutôt avec l’organisation.
refused-not-possible-now = La demande a changé entre-temps : cela n’est plus possible. Elle est affichée dans son état actuel.
refused-unknown-approval = Votre approbation n’est plus demandée.
refused-not-allowed = Seules les personnes qui ont fait la demande ou y participent peuvent faire cela.

## Ce qui ne va pas dans un texte

bad-text-empty = Veuillez écrire quelque chose.
bad-text-too-long = Ce texte dépasse { $max } caractères. Veuillez le raccourcir.
bad-text-control = Ce texte contient des caractères de contrôle invisibles ou des signes qui changent le sens de l’écriture. Veuillez les supprimer, ou le saisir de nouveau.

## A request that was handed over, and one that is closed

handed-to-you = { $who } · à vous depuis le { $since }, transmise par { $by }
handed-to = { $who } · chez { $to } depuis le { $since }, transmise par { $by }
closed-opens = Cette demande est close.
closed-stays = Cette demande est close. Votre commentaire parvient au service, et la demande reste close.
send-and-open = Envoyer et rouvrir
send-and-leave-closed = Envoyer sans rouvrir
done-commented-closed = Votre commentaire est en route. La demande reste close.
done-commented-and-opened = Votre commentaire est en route, et la demande est rouverte.
refused-oneself = C’est votre propre adresse : vous participez déjà.
