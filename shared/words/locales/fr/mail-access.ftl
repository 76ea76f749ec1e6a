### Messages sur l’accès de la personne qui les lit.

## Une invitation et son unique rappel

invitation-subject = Vous êtes invité(e) à rejoindre { $org }
invitation-subject-by = { $inviter } vous invite à rejoindre { $org }
invitation-heading = Vous êtes invité(e) à rejoindre { $org }
invitation-lead = Vous êtes invité(e) à utiliser { $desk } en tant que membre de { $org }.
invitation-lead-by = { $inviter } vous invite à utiliser { $desk } en tant que membre de { $org }.
invitation-note = Un message personnel :
invitation-rest = Si vous refusez, vous n’en entendrez plus parler. Si vous ne faites rien, vous recevrez au plus un rappel, puis l’invitation expirera.
invitation-for-lead = En tant que responsable, vous pouvez faire des demandes et les suivre, sans mot de passe, et vous veillez à qui, dans votre organisation, a accès.
invitation-for-member = Vous pourrez ainsi faire des demandes, les suivre et lire les réponses, sans mot de passe.
invitation-until = Fin prévue de l’accès
invitation-action = Accepter ou refuser
invitation-why = Vous recevez ce message parce que vous avez été invité(e) à cette adresse.
invitation-why-by = Vous recevez ce message parce que { $inviter } vous a invité(e) à cette adresse.
reminder-subject = Rappel : votre invitation à rejoindre { $org } expire le { $day }
reminder-heading = Votre invitation à rejoindre { $org } attend votre réponse
reminder-lead = Vous avez été invité(e) à utiliser { $desk } en tant que membre de { $org }. Vous n’avez pas encore répondu.
reminder-lead-by = { $inviter } vous a invité(e) à utiliser { $desk } en tant que membre de { $org }. Vous n’avez pas encore répondu.
reminder-note = Le message personnel qui l’accompagnait :
reminder-rest = C’est le seul rappel. Si vous ne faites rien, l’invitation expirera et vous n’en entendrez plus parler.

## L’accès commence

welcome-subject = Vous avez maintenant accès à { $desk }
welcome-heading = Bienvenue
welcome-lead-for-lead = Vous êtes maintenant responsable de { $org }. Sur votre page de gestion, vous voyez qui, dans votre organisation, a accès à { $desk }, vous invitez d’autres personnes et vous mettez fin à l’accès de celles qui sont parties.
welcome-lead-for-member = Vous êtes maintenant membre de { $org } et pouvez adresser des demandes à { $desk }.
welcome-rest = Vous n’avez pas besoin de mot de passe. Vous pouvez à tout moment vous faire envoyer un nouveau lien depuis les pages.
welcome-why = Vous recevez ce message parce que votre accès a commencé.

## L’accès se termine faute d’utilisation : l’avertissement et son rappel

inactivity-subject = Avez-vous encore besoin de votre accès à { $desk } ? Il se termine le { $day }
inactivity-heading = Avez-vous encore besoin de votre accès ?
inactivity-lead =
    { $days ->
        [one] Vous n’avez pas utilisé { $desk } depuis au moins { $days } jour. Votre accès en tant que membre de { $org } va donc se terminer.
       *[other] Vous n’avez pas utilisé { $desk } depuis au moins { $days } jours. Votre accès en tant que membre de { $org } va donc se terminer.
    }
inactivity-how = Si vous en avez encore besoin, ouvrez la page ci-dessous et appuyez sur son unique bouton. Aucun mot de passe n’est nécessaire.
inactivity-action = Conserver mon accès
inactivity-rest = Si vous n’en avez plus besoin, vous n’avez rien à faire. Rien de ce que vous avez écrit n’est supprimé, et un ou une responsable de { $org } pourra vous redonner accès.
inactivity-reminder-subject = Rappel : votre accès à { $desk } se termine le { $day }
inactivity-reminder-heading = Votre accès va se terminer
inactivity-reminder-lead = Nous vous avons demandé si vous aviez encore besoin de votre accès à { $desk } en tant que membre de { $org }, et nous n’avons pas eu de réponse.

## L’accès se termine à sa date

ending-subject = Votre accès à { $desk } se termine le { $day }
ending-heading = Votre accès a une date de fin
ending-lead = Votre accès à { $desk } en tant que membre de { $org } a été accordé jusqu’à une certaine date, qui approche.
ending-rest = Si vous en avez besoin plus longtemps, adressez-vous avant cette date à un ou une responsable de { $org }.

## L’accès est terminé

ended-subject = Votre accès à { $desk } est terminé
ended-heading = Votre accès est terminé
ended-lead = Vous n’êtes plus membre de { $org } auprès de { $desk }, et les liens que vous avez reçus n’ouvrent plus rien.
ended-inactive = Motif : vous n’aviez pas utilisé votre accès depuis longtemps, et personne n’a demandé à le conserver.
ended-expired = Motif : votre accès était accordé jusqu’à une certaine date, qui est passée.
ended-left = Motif : on nous a indiqué que vous aviez quitté { $org }.
ended-not-needed = Motif : on nous a indiqué que vous n’en aviez plus besoin.
ended-lead-did = Motif : un ou une responsable de { $org } y a mis fin.
ended-policy = Motif : une règle convenue entre { $org } et { $desk }.
ended-rest = S’il s’agit d’une erreur, adressez-vous à un ou une responsable de { $org } : pendant un certain temps, votre accès peut être rétabli tel qu’il était.
ended-action = Demander l’accès à { $who }
ended-why = Vous recevez ce message parce que vous aviez accès à { $desk }.

## Le lien personnel

link-subject-console = Votre lien vers la page de gestion
link-subject-console-of = Votre lien vers la page de gestion de { $org }
link-subject-requests = Votre lien vers vos demandes
link-subject-several = Vos liens
link-heading = Voici votre lien
link-heading-several = Voici vos liens
link-lead-console = Il ouvre votre page de gestion : qui a accès à { $desk }, la dernière activité de chaque personne et ce que vous pouvez modifier.
link-lead-console-of = Il ouvre la page de gestion de { $org } : qui a accès à { $desk }, la dernière activité de chaque personne et ce que vous pouvez modifier.
link-lead-requests = Il ouvre la liste de vos demandes à { $desk }.
link-lead-several = Le premier ouvre la liste de vos demandes à { $desk }.
link-consoles = Vous veillez aussi à qui a accès. Ces liens ouvrent vos pages de gestion :
link-rest = Si vous n’attendiez pas ce message, vous pouvez l’ignorer : le lien n’a été envoyé qu’à vous.
link-why = Vous recevez ce message parce que votre lien a été demandé, par vous ou par { $desk }.

## Une demande qui attend d’être confirmée

confirm-subject = Veuillez confirmer votre demande à { $desk }
confirm-heading = Veuillez confirmer votre demande
confirm-lead = Une demande à { $desk } a été remplie dans un formulaire, et votre adresse y a été indiquée. Pour qu’elle compte, veuillez confirmer qu’elle vient de vous.
confirm-begins = Elle commence ainsi
confirm-until = À confirmer avant
confirm-action = La relire et confirmer
confirm-rest = Ouvrir la page ne confirme rien : c’est là que vous le ferez.
confirm-or-not = Si vous ne l’avez pas écrite, vous n’avez rien à faire. Sans votre accord, personne ne la lit, et elle est supprimée.
confirm-why = Vous recevez ce message parce que votre adresse a été indiquée dans une demande.
