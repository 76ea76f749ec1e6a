### Messages à celles et ceux qui veillent à l’accès d’autres personnes : responsables, administration, personnes qui invitent.

## Invitations

declined-subject = { $invitee } a refusé votre invitation
declined-heading = Une invitation a été refusée
declined-lead = { $invitee } ne souhaite pas rejoindre { $org }. La place est de nouveau libre.
declined-why = Vous recevez ce message parce que l’invitation venait de vous.

exception-subject = À décider : { $org } peut-elle inviter { $invitee } ?
exception-heading = Une invitation attend votre décision
exception-lead = Une personne doit être invitée à rejoindre { $org }, ce que l’organisation ne peut pas décider seule.
exception-lead-by = { $inviter } souhaite inviter quelqu’un à rejoindre { $org }, ce que l’organisation ne peut pas décider seule.
exception-invitee = Personne à inviter
exception-name = Nom, tel qu’indiqué dans l’invitation
exception-role = Rôle prévu
exception-role-lead = responsable : voit toutes les personnes de l’organisation, invite et met fin à des accès
exception-role-member = membre
exception-access-ends = Fin de l’accès
exception-no-end = à aucune date
exception-seats = Places
exception-seats-taken = { $used } sur { $cap } sont occupées
exception-organization = Organisation
exception-until = À décider avant
exception-action = Autoriser ou refuser
exception-note = Le mot adressé à la personne invitée :
exception-rest = Tant que vous n’avez pas décidé, aucune invitation n’est envoyée et aucune place n’est occupée. Si personne ne décide à temps, l’invitation expire.
allowed-subject = { $invitee } peut être invité(e) à rejoindre { $org }
allowed-heading = Votre invitation a été autorisée
allowed-lead = L’administration de { $desk } a autorisé l’invitation de { $invitee } à rejoindre { $org }. L’invitation est en route.

refused-subject = { $invitee } ne peut pas être invité(e) à rejoindre { $org }
refused-heading = Une invitation a été rejetée
refused-lead = L’administration de { $desk } a refusé que { $invitee } rejoigne { $org }. Aucune invitation n’a été envoyée et aucune place n’a été occupée.
refused-why = Vous recevez ce message parce que vous aviez demandé cette invitation.

## Membres qui arrivent et qui partent

joined-subject = { $member } fait maintenant partie de { $org }
joined-heading = Une personne a rejoint l’organisation
joined-lead = { $member } a adressé une demande à { $desk }. L’adresse appartient à { $org } : cette personne est donc maintenant membre et occupe une place.
joined-rest = Si cette personne ne doit pas avoir accès, mettez-y fin sur votre page de gestion.
no-seat-subject = { $member } a fait une demande, mais { $org } n’a plus de place libre
no-seat-heading = Il n’y avait plus de place libre pour une personne
no-seat-lead = { $member } a adressé une demande à { $desk }. L’adresse appartient à { $org }, mais toutes les places sont occupées : cette personne peut suivre cette seule demande et n’est pas membre.
no-seat-rest = Pour qu’elle devienne membre, libérez une place sur votre page de gestion, puis invitez-la.

planned-subject = L’accès de { $member } se termine le { $day }
planned-heading = L’accès d’un membre va se terminer
planned-lead = { $member } a accès à { $desk } en tant que membre de { $org } jusqu’au { $day }. D’ici là, rien ne change.
planned-ends = Fin
off-boarded-subject = { $member } n’est plus membre de { $org }
off-boarded-heading = L’accès d’un membre est terminé
off-boarded-lead = { $member } n’a plus accès à { $desk } en tant que membre de { $org }, et la place est libre.
off-boarded-ended = Terminé
off-boarded-no-requests = Il n’y a aucune demande en cours pour le moment.
off-boarded-handed-over = Les demandes en cours sont transmises à la personne indiquée ci-dessous.
off-boarded-to-hand-over = Quelqu’un devrait reprendre ce qui est encore en cours. Vous pouvez choisir qui sur votre page de gestion.
off-boarded-member = Membre
off-boarded-reason = Motif
reason-left = a quitté l’organisation
reason-not-needed = n’a plus besoin d’accès
reason-lead = décision d’un ou d’une responsable
reason-policy = règle de l’organisation
reason-inactive = non utilisé depuis longtemps
reason-expired = accordé jusqu’à une date
off-boarded-open-requests = Demandes en cours
off-boarded-heir = Transmises à

leaver-subject = { $member } a quitté { $org } et a pourtant fait une demande
leaver-heading = Une personne qui est partie a fait une demande
leaver-lead = { $member } n’a plus accès à { $desk } pour { $org }, mais une demande de cette adresse est arrivée par un autre système. Elle a été enregistrée ; aucun lien n’a été envoyé à cette personne.
leaver-check = Veuillez vérifier quels systèmes la laissent encore entrer.
leaver-why = Vous recevez ce message parce que vous veillez à qui a accès à { $desk } pour { $org }.

## Messages qui n’arrivent pas

bounced-subject = Les messages à { $member } n’arrivent plus
bounced-heading = Les messages à une personne n’arrivent plus
bounced-lead = Le système de messagerie de { $member } refuse définitivement nos messages. Souvent, la boîte n’existe plus parce que son titulaire est parti.
bounced-listed = Le système de messagerie de { $desk } n’envoie rien à { $member }, parce que des messages à cette adresse sont déjà revenus.
bounced-asked-instead = { $desk } n’envoie plus rien à cette adresse. Personne ne perd son accès faute d’avoir répondu à un message qui ne peut pas arriver : c’est à vous que la question est posée.
bounced-rest = Si cette personne a quitté { $org }, veuillez mettre fin à son accès. Si sa boîte fonctionne de nouveau, indiquez-le sur sa page.
complaint-subject = Notre message à { $member } a été signalé comme indésirable
complaint-heading = Notre message à une personne a été signalé comme indésirable
complaint-lead = Notre message à { $member } a été signalé comme indésirable. { $desk } n’envoie plus à cette adresse de messages sur des demandes, ni, pendant un mois, d’invitation ou de lien. Les messages sur l’accès y sont toujours envoyés.
complaint-rest = Si cette personne a quitté { $org }, veuillez mettre fin à son accès. Sinon, vous n’avez rien à faire : elle peut revenir dessus dans son profil.

unreachable-subject =
    { $count ->
        [one] { $org } : les messages n’arrivent pas à un membre inactif
       *[other] { $org } : les messages n’arrivent pas à des membres inactifs
    }
unreachable-heading = L’accès est-il encore nécessaire ici ?
unreachable-lead = Ces membres de { $org } n’ont pas utilisé { $desk } depuis longtemps. Les messages ne leur parviennent pas : il a donc été impossible de leur demander si leur accès est encore nécessaire. Personne ne le perd pour cette raison :
unreachable-rest-lead = Veuillez leur poser la question autrement. Mettez fin à l’accès des personnes qui sont parties. Si une boîte fonctionne de nouveau, indiquez-le sur la page de la personne.
unreachable-rest-administrator = Les messages n’arrivent à aucun responsable de { $org } non plus. Veuillez vérifier si ces personnes sont encore là. Une personne de l’organisation, votre système de gestion du personnel ou l’exploitation peut mettre fin à leur accès ; une adresse de nouveau joignable est débloquée par l’exploitation.
unreachable-again = Tant que cela dure, ce message revient chaque mois.

## Qui fait encore partie de l’organisation

review-subject = Qui, chez { $org }, a encore besoin d’un accès à { $desk } ?
review-heading = Qui a encore besoin d’un accès ?
review-lead = Veuillez passer en revue les personnes de { $org } qui ont accès à { $desk }, et indiquer pour chacune si elle en a encore besoin.
review-people = Personnes à passer en revue
review-last = Dernière revue
review-action = Commencer la revue
review-rest = Chaque réponse est enregistrée aussitôt : vous pouvez vous arrêter et reprendre plus tard. Personne ne perd son accès parce qu’une réponse manque.
review-why =
    { $days ->
        [1] Vous recevez ce message parce que vous êtes responsable de { $org } ; la question est posée aux responsables chaque jour.
       *[other] Vous recevez ce message parce que vous êtes responsable de { $org } ; la question est posée aux responsables tous les { $days } jours.
    }

digest-subject =
    { $count ->
        [one] { $count } personne chez { $org } a perdu son accès après une longue inactivité
       *[other] { $count } personnes chez { $org } ont perdu leur accès après une longue inactivité
    }
digest-heading =
    { $count ->
        [one] Accès terminé pour { $count } personne
       *[other] Accès terminé pour { $count } personnes
    }
digest-lead =
    { $count ->
        [1] Ce membre de { $org } n’avait pas utilisé { $desk } depuis longtemps et n’a pas répondu lorsqu’on lui a demandé si l’accès était encore nécessaire :
       *[other] Ces membres de { $org } n’avaient pas utilisé { $desk } depuis longtemps et n’ont pas répondu lorsqu’on leur a demandé si l’accès était encore nécessaire :
    }
digest-more = Et { $count } de plus, indiqués sur votre page de gestion.
digest-rest = Si quelqu’un doit rester, rétablissez son accès sur votre page de gestion.

## À l’administration

vacant-subject = { $org } n’a plus de responsable
vacant-heading = { $org } a besoin d’un ou d’une responsable
vacant-lead = { $org } n’a aucun responsable que nos messages atteignent. Personne ne peut y inviter, maintenir ou retirer des membres. Tant que cela dure, personne ne perd son accès pour inactivité, et la revue des membres est suspendue.
vacant-nobody = Aucun autre membre que nos messages atteignent n’a accès.
vacant-ask = La question pourrait être posée à ces membres, les plus actifs d’abord :
vacant-last-active = dernière activité : { $date }
vacant-not-active = pas encore d’activité
vacant-more = Et { $count } de plus.
vacant-since = Depuis
vacant-rest = Pour désigner une personne responsable, nommez-la dans le fichier qui décrit le monde et appliquez-le. S’il n’y a plus personne, veuillez décider si { $org } a encore besoin d’un accès.
vacant-again = Tant que cela dure, ce message revient chaque semaine.

last-lead-subject = { $org } n’aura bientôt plus de responsable
last-lead-heading = La dernière personne responsable de { $org } est inactive
last-lead-lead = { $lead } est la seule personne responsable de { $org } et aurait perdu son accès après une longue inactivité. Rien n’a été changé, parce que personne d’autre ne s’occupe des membres.
last-lead-check = Veuillez vérifier si cette personne est encore là, ou désigner quelqu’un d’autre comme responsable.

held-subject =
    { $count ->
        [one] À décider : { $count } personne perdrait son accès d’un coup
       *[other] À décider : { $count } personnes perdraient leur accès d’un coup
    }
held-heading = Un passage a été suspendu
held-lead = Le passage qui met fin aux accès inutilisés aurait retiré plus de personnes en une fois qu’il n’en a le droit sans l’accord de l’administration. Personne n’a perdu son accès.
held-where = Organisations concernées :
held-run = Passage
held-would-lose = Personnes qui perdraient leur accès
held-limit = Autorisé en un passage
held-action = Voir le passage et décider
held-rest = Ouvrir la page ne libère rien : c’est là que vous décidez. Si vous ne faites rien, personne ne perd son accès.

token-subject = { $desk } : le jeton pour Jira expire bientôt
token-heading = Le jeton pour Jira expire bientôt
token-lead = { $desk } appelle Jira avec le jeton d’API d’un compte. Ce jeton expire bientôt. Sans un nouveau jeton, plus rien n’y est écrit : ce qui se fait ici attend, et rien n’en est perdu.
token-until = Il expire
token-rest = Veuillez créer un nouveau jeton pour le même compte et exécuter : lanyard desk connect { $id }

burst-subject = Trop d’actions à la fois : { $who }
burst-heading = Une personne en a trop fait à la fois
burst-lead = { $who } a fait en peu de temps plus qu’une seule personne n’en a le droit : chacune de ces actions aurait envoyé des messages à d’autres.
burst-lead-of = { $who }, responsable de { $org }, a fait en peu de temps plus qu’une seule personne n’en a le droit : chacune de ces actions aurait envoyé des messages à d’autres.
burst-told = Ce qui a été fait jusque-là reste valable. La suite n’a pas été exécutée, et cette personne en a été informée. Vous en êtes averti(e) une fois par jour et par personne.
burst-again = Reprise possible à partir du
