### Messages sur une demande. Leur objet se compose de son numéro et de son objet.

received-heading = Nous avons reçu votre demande
received-lead = { $desk } a enregistré votre demande et vous écrira dès que quelque chose changera.
received-action = Suivre votre demande
received-quote = Vous avez écrit :
received-why = Vous recevez ce message parce que cette demande a été faite depuis votre adresse.

shared-heading = Vous pouvez suivre cette demande
shared-lead = Une demande adressée par { $reporter } à { $desk } a été partagée avec vous. Vous pouvez la lire et la commenter.
shared-why = Vous recevez ce message parce que cette demande a été partagée avec vous.

commented-heading = Commentaire de { $author }
commented-heading-desk = Commentaire de { $author } (de { $desk })
commented-heading-customer = Commentaire de { $author } (côté client)
commented-heading-colleague = Commentaire de { $author } (côté client, { $email })
commented-action = Lire et répondre
commented-rest = Veuillez répondre sur la page qui s’ouvre : une réponse à ce message n’est pas ajoutée à la demande.

status = État
waiting-subject = Votre réponse est attendue : { $summary }
status-heading-new = Cette demande est en attente de traitement
status-heading-in-progress = Cette demande est en cours de traitement
status-heading-waiting = Une réponse est attendue
status-heading-done = Cette demande est traitée
status-lead-new = Personne n’y travaille pour le moment. Vous serez informé(e) dès que quelqu’un commencera.
status-lead-in-progress = Vous n’avez rien à faire.
status-lead-waiting = { $desk } attend une réponse de votre part. Veuillez la donner sur la page qui s’ouvre : une réponse à ce message n’est pas ajoutée à la demande.
status-action-waiting = Répondre

moved-heading = Cette demande a été déplacée
moved-lead = Elle continue sous le numéro { $now }. Vous la suivez comme auparavant : vos liens y mènent toujours, et ses messages gardent le numéro { $first }, afin de rester ensemble.
moved-lead-elsewhere = Elle porte maintenant le numéro { $now }, à un endroit dont { $desk } ne s’occupe pas. Ce qui s’y passe n’est ni affiché ici ni envoyé par message : veuillez vous adresser à celles et ceux qui s’en occupent désormais. Ici, elle est close.
moved-now = Numéro actuel
moved-first = Numéro précédent

closed-heading = Cette demande est close
closed-result = Résultat
still-missing = S’il manque encore quelque chose, veuillez le signaler dans un commentaire.

approval-subject = À approuver ou à refuser : { $summary }
approval-heading = Votre approbation est nécessaire
approval-lead = { $reporter } a adressé cette demande à { $desk }. Elle attend votre accord ou votre refus.
approval-action = Lire et décider
approval-rest = Ouvrir la page ne décide de rien : c’est là que vous approuvez ou refusez.
approval-why = Vous recevez ce message parce que vous êtes désigné(e) pour approuver cette demande.

approved-heading = Votre demande a été approuvée
declined-heading = Votre demande a été refusée
approved-by = { $who } l’a approuvée.
declined-by = { $who } l’a refusée.
answered-why = Vous recevez ce message parce que cette demande vient de vous.

handed-over-heading = Cette demande est désormais la vôtre
handed-over-lead = { $who } n’a plus accès à { $desk }, et cette demande en cours vous a été transmise. Vous voyez tout ce qui a été écrit jusqu’ici, et { $desk } s’adressera désormais à vous.
handed-over-why = Vous recevez ce message parce que cette demande vous a été transmise.

## À un service, sur ce que quelqu’un a fait sur les pages

raised-heading = Une nouvelle demande
raised-lead = { $who } a fait cette demande sur les pages.
raised-type = Type
raised-description = Description :
raised-more = Réponses qui ne sont pas répétées ici : { $count }
wrote-heading = Un commentaire sur la demande
wrote-lead = { $who } a écrit :
changed-heading = L’état a été modifié du côté client
changed-lead = { $who } a mis l’état sur « { $status } ».
shared-on-heading = La demande a été partagée
shared-with-person = { $who } l’a partagée avec { $email }.
shared-with-organization = { $who } l’a partagée avec tout le monde chez { $org }.
decided-heading = Une approbation a reçu sa réponse
