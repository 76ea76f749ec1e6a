### La page de gestion d’un ou d’une responsable.

people = Personnes
invite = Inviter
invite-many = Inviter en nombre
review = Revue
history = Historique
person = Personne
name = Nom
email = Adresse e-mail
role = Rôle
lead = Responsable
member = Membre
you = Vous
state = Situation
last-active = Dernière activité
never = aucune encore
invited-by = Invité par
administrator = le service
system = un système relié
system-named = le système « { $source } »
mail-system = le système de messagerie
automatic = le contrôle automatique
since = Depuis
until = jusqu’au
answer-by = Réponse attendue avant
access-ends = Fin de l’accès
quiet-until = Retrait sans activité le
undo-until = Annulation possible jusqu’au
no-mail = Les messages n’arrivent pas
mail-works = Les messages arrivent de nouveau à cette adresse
mail-works-hint = Essayez quand la boîte est rétablie. Si un message revient encore, vous en êtes informé(e).
exempt = N’est jamais retiré pour inactivité.
no-seat = Toutes les places sont occupées. Quelqu’un doit partir avant qu’une autre personne puisse être invitée.
search = Nom ou adresse
everybody = Tout le monde
show = Afficher
order = Ordre
apply = Appliquer
nobody-found = Personne ne correspond.
show-all = Afficher tout le monde
csv = Télécharger en CSV
other-pages = Autres pages
previous = Page précédente
next = Page suivante
review-waits = On vous demande qui, parmi ces personnes, fait encore partie de l’organisation.
to-review = Répondre à la revue
what-now = Ce que vous pouvez faire
nothing-to-do = Il n’y a plus rien à faire ici. Une invitation redonne accès à cette personne.
off-board = Retirer l’accès
restore = Annuler le retrait
restore-hint = L’accès revient et occupe une place ; les demandes transmises et encore en cours reviennent aussi. Les anciens liens restent sans effet ; un nouveau est envoyé.
resend = Renvoyer l’invitation
resend-hint = Le délai de réponse recommence.
withdraw = Retirer l’invitation
withdraw-hint = Le lien de son message prend fin, et la place est de nouveau libre.
keep = Conserver l’accès
keep-hint = Vous indiquez que l’accès est encore souhaité. Un avertissement devient sans effet.
cancel-leaving = Annuler le départ
make-lead = Désigner comme responsable
make-lead-hint = Une personne responsable s’occupe des membres ici, comme vous.
make-member = Mettre fin au rôle de responsable
make-member-hint = L’accès reste. Le lien vers cette page de gestion prend fin.
step-down = Quitter le rôle de responsable
step-down-hint = Vous conservez votre accès. Cette page de gestion se ferme aussitôt.
make-exempt = Ne jamais retirer pour inactivité
make-exempt-hint = Pour les personnes inactives à juste titre. Aucun avertissement n’est envoyé, et l’accès reste.
make-not-exempt = Compter de nouveau l’inactivité
make-not-exempt-hint = Une personne longtemps inactive est avertie, puis retirée.
last-lead = Vous êtes la seule personne responsable. Désignez quelqu’un d’autre avant de partir ou de quitter ce rôle.
last-day = Dernier jour
set-date = Fixer
invite-again = Inviter de nouveau
back-to-people = Retour aux personnes
stepped-down = Vous n’êtes plus responsable
    .says = Votre propre accès reste. Cette page de gestion vous est fermée, et ses liens ont pris fin.
gone = Vous n’avez plus accès
    .says = Vous avez mis fin à votre propre accès. Une autre personne responsable peut l’annuler.
what-happens = Ce qui va se passer
when = Quand
now = Maintenant
on-a-date = À une date
date-hint = L’accès se termine à la fin de ce jour.
why = Motif
why-left = Cette personne a quitté l’organisation
why-not-needed = Cette personne n’a plus besoin d’accès
why-lead = Un autre motif
hand-over = Qui reprend les demandes en cours
hand-over-hint = Elles lui reviennent dès que l’accès se termine.
cancel = Abandonner
optional = facultatif
access-until = Dernier jour d’accès
access-until-hint = L’accès se termine de lui-même à la fin de ce jour. Laissez vide pour un accès sans fin.
note = Message personnel
note-hint = Il figure dans l’e-mail d’invitation.
send-invitation = Envoyer l’invitation
many-lead = Téléversez ou collez une liste d’au plus 1 000 personnes. Vous voyez ce que donnerait chaque ligne avant que quiconque soit invité.
file = Fichier
file-hint = CSV tel qu’Excel et d’autres l’enregistrent, jusqu’à 1 Mio : une personne par ligne, avec une adresse e-mail et, si vous le souhaitez, un nom.
paste = Ou coller la liste
paste-hint = Une personne par ligne, ou des cellules copiées d’un tableur.
preview = Vérifier la liste
preview-none = Personne de cette liste ne serait invité. Les lignes disent pourquoi.
working-lead = Ce qui est fait reste fait. Continuez pour le reste.
report-title = La liste est traitée
go-on = Continuer
another-list = Utiliser une autre liste
from-file = Fichier
from-column = Les adresses viennent de la colonne
row = Ligne
result = Résultat
rows = Les lignes
review-lead = Indiquez pour chaque personne si elle conserve son accès. Chaque réponse est enregistrée aussitôt ; vous pouvez continuer un autre jour.
review-nothing = Il n’y a personne à confirmer pour le moment.
review-finished = La dernière revue s’est achevée le
review-next = La question vous est posée de nouveau le
keep-one = Conserver
remove-one = Retirer
answer = Répondre
nothing-happened = Rien ne s’est passé ce mois-ci.
nothing-matches = Aucune entrée de ce mois ne correspond.
everything = Tout
show-everything = Tout afficher
topic = Sujet
topic-invitations = Invitations
topic-access = Accès
topic-roles = Responsables et exceptions
topic-requests = Demandes
topic-mail = Messages et liens
by = Fait par
by-people = Des personnes
by-systems = D’autres systèmes
by-itself = Personne : cela se fait tout seul
whole-history = Tout l’historique
older = Entrées plus anciennes
earlier-month = Le mois précédent
later-month = Le mois suivant

## Phrases avec des valeurs

stopped-bounce = Des messages à cette adresse sont revenus. Plus rien n’y est envoyé, et personne n’est retiré faute de réponse.
stopped-listed = Le système de messagerie n’envoie rien à cette adresse, et personne n’est retiré faute de réponse.
stopped-complaint = Un message à cette adresse a été signalé comme indésirable. Les messages sur des demandes n’y sont plus envoyés, ceux sur l’accès le sont. La personne qui les lit peut revenir dessus dans son profil ou s’adresser au service.
people-of = Personnes de { $org }
seats = { $used } places occupées sur { $cap }
found =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
page = Page { $page } sur { $pages }
off-board-who = Retirer l’accès de { $who }
invite-title = Inviter quelqu’un à rejoindre { $org }
domains = Adresses de : { $domains }
left-today =
    { $count ->
        [one] { $count } personne peut encore être invitée aujourd’hui.
       *[other] { $count } personnes peuvent encore être invitées aujourd’hui.
    }
review-of = Qui fait encore partie de { $org } ?
review-progress = { $done } réponses sur { $of }
keep-all = Conserver les { $count } affichées ici
history-of = Historique de { $org }
many-warned = { $count } personnes ont été averties pour inactivité
many-reminded = { $count } personnes ont reçu un rappel de la fin de l’accès
many-reminded-of-invitation = { $count } personnes ont reçu un rappel de l’invitation

## Une liste de personnes à inviter

preview-title =
    { $rows ->
        [one] Vérifier la liste : { $rows } ligne
       *[other] Vérifier la liste : { $rows } lignes
    }
preview-lead =
    { $count ->
        [one] { $count } personne serait invitée. Personne ne l’a encore été.
       *[other] { $count } personnes seraient invitées. Personne ne l’a encore été.
    }
working-title = { $done } lignes traitées sur { $of }
report-lead =
    { $count ->
        [one] { $count } personne a été invitée, sur { $rows } lignes.
       *[other] { $count } personnes ont été invitées, sur { $rows } lignes.
    }
start =
    { $count ->
        [one] Inviter { $count } personne
       *[other] Inviter { $count } personnes
    }
try-again =
    { $rows ->
        [one] Réessayer { $rows } ligne refusée
       *[other] Réessayer { $rows } lignes refusées
    }
would-be-invited = serait invitée
would-be-asked = la question serait posée à l’administration

## Les conséquences d’un retrait

happens-access = L’accès se termine, tous ses liens prennent fin, et la place est de nouveau libre.
happens-requests =
    { $count ->
        [0] Cette personne n’a aucune demande en cours ici.
        [one] Cette personne a { $count } demande en cours ici.
       *[other] Cette personne a { $count } demandes en cours ici.
    }
happens-undo = Fait maintenant, cela peut être annulé jusqu’au { $date }.
happens-return = Aucune règle de domaine ne lui redonne accès d’elle-même, seule une invitation le fait.

## Situation d’une personne

kind-active = A accès
kind-warned = Inactive, a été avertie
kind-leaving = L’accès se termine à une date
kind-invited = Invitée
kind-proposed = Attend l’administration
kind-off-boarded = Accès retiré
kind-closed = Expirée ou refusée
left-on = Partie le { $date }
ended-on = Accès terminé le { $date } : { $why }

## Pourquoi quelqu’un n’a plus accès

left-left = a quitté l’organisation
left-not-needed = n’a plus besoin d’accès
left-lead = un ou une responsable a mis fin à l’accès
left-policy = une règle a mis fin à l’accès
left-inactive = est restée trop longtemps inactive
left-expired = l’accès s’est terminé à sa date

## Pourquoi une invitation n’a pas eu de suite

closed-declined = Invitation refusée
closed-withdrawn = Invitation retirée
closed-expired = Invitation expirée
closed-refused = Invitation refusée par le service

## Ordres de la liste des personnes

ordered-name = Par nom
ordered-silent = Les plus longtemps inactives d’abord
ordered-recent = Les plus récemment actives d’abord
ordered-newest = Les plus récemment modifiées d’abord
ordered-invited-by = Par personne qui a invité

## Ce qu’une ligne a donné

became-invited = invitée
became-asked = la question est posée à l’administration
became-already-here = est déjà ici
became-duplicate = figure dans une ligne précédente
became-malformed = pas d’adresse e-mail
became-outside = en dehors de vos domaines
became-over-cap = aucune place libre
became-daily-limit = au-delà de la limite du jour
became-other = impossible pour le moment

## Entrées de l’historique

happened-member-invited = { $actor } a invité { $subject }
happened-exception-asked = { $actor } a demandé à l’administration que { $subject } puisse être invité(e)
happened-exception-refused = { $actor } a refusé que { $subject } soit invité(e)
happened-invitation-reminded = { $subject } a reçu un rappel de l’invitation
happened-invitation-resent = { $actor } a renvoyé l’invitation à { $subject }
happened-invitation-accepted = { $subject } a accepté l’invitation
happened-invitation-declined = { $subject } a refusé l’invitation
happened-invitation-withdrawn = { $actor } a retiré l’invitation de { $subject }
happened-invitation-expired = L’invitation de { $subject } a expiré
happened-member-joined = { $subject } a rejoint l’organisation en faisant une demande
happened-member-warned = { $subject } a été averti(e) pour inactivité
happened-member-reminded = { $subject } a reçu un rappel de la fin de l’accès
happened-member-kept = { $actor } a conservé l’accès de { $subject }
happened-member-offboarded = { $actor } a retiré l’accès de { $subject }
happened-offboarding-scheduled = { $actor } a planifié le départ de { $subject }
happened-offboarding-cancelled = { $actor } a annulé le départ de { $subject }
happened-member-restored = { $actor } a annulé le retrait de { $subject }
happened-record-reduced = Ce qui était conservé de { $subject } a été réduit
happened-access-extended = { $actor } a déplacé la fin de l’accès de { $subject }
happened-role-changed = { $actor } a changé le rôle de { $subject }
happened-lead-appointed = { $actor } a désigné { $subject } comme responsable
happened-review-asked = Il a été demandé aux responsables qui fait encore partie de l’organisation
happened-review-finished = { $actor } a terminé la revue
happened-exemption-changed = { $actor } a changé si { $subject } peut être retiré(e) pour inactivité
happened-request-created = { $actor } a fait la demande { $subject }
happened-request-moved = { $actor } a déplacé { $subject }
happened-request-commented = { $actor } a commenté { $subject }
happened-request-transitioned = { $actor } a changé l’état de { $subject }
happened-late-status-noted = { $actor } a signalé un état plus ancien de { $subject }
happened-request-shared = { $actor } a partagé { $subject }
happened-approval-requested = { $actor } a demandé une approbation de { $subject }
happened-approval-answered = { $actor } a répondu à une approbation de { $subject }
happened-request-closed = { $actor } a clos { $subject }
happened-request-handed-over = { $subject } a été transmise
happened-update-kept = { $actor } a signalé quelque chose sur { $subject } avant que ce soit connu
happened-update-abandoned = { $subject } n’est jamais arrivée ; ce qui en était signalé est mis de côté
happened-mail-stopped = { $subject } a arrêté des messages
happened-mail-resumed = { $subject } souhaite de nouveau des messages
happened-address-suppressed = Les messages à { $subject } ont été arrêtés
happened-suppression-lifted = Les messages à { $subject } sont de nouveau envoyés
happened-organization-vacant = L’organisation n’a aucun responsable que les messages atteignent ; la question a été posée à l’administration
happened-vacancy-ended = L’organisation a de nouveau une personne responsable
happened-profile-changed = { $subject } a modifié son profil
happened-account-disputed = Un compte de { $subject } est aussi arrivé avec une autre adresse
happened-account-rebound = Un compte de { $subject } s’est révélé être celui d’une autre personne
happened-account-forgotten = { $actor } a oublié un compte de { $subject }
happened-links-ended = { $subject } a mis fin à tous ses liens
happened-sweep-held = Un passage s’est arrêté et a posé la question
happened-sweep-released = { $actor } a laissé un passage se poursuivre

## Pourquoi une entrée de l’historique existe

rule-address-outside = l’adresse est en dehors des domaines autorisés
rule-exception-allowed = le service a autorisé l’exception
rule-lead-kept = un ou une responsable dit que l’accès est encore nécessaire
rule-said-from-mail = dit depuis le message
rule-ends-never = l’accès n’a pas de fin
rule-ends-at = fin de l’accès : { $date }
rule-ends-because = { $why } ; fin de l’accès : { $date }
rule-leads-now = est désormais responsable
rule-leads-no-more = n’est plus responsable
rule-never-removed = n’est jamais retiré(e) pour inactivité
rule-removed-again = l’inactivité compte de nouveau
rule-unreached = les messages ne sont pas arrivés après l’avertissement
rule-active-again = a été actif/active après l’avertissement
rule-invitee-silent = aucune réponse n’est arrivée à temps
rule-administrators-silent = le service n’a pas répondu à temps
rule-from-domain = depuis un domaine de l’organisation
rule-quiet-for =
    { $days ->
        [one] aucune activité depuis { $days } jour
       *[other] aucune activité depuis { $days } jours
    }

## Ce qu’un formulaire a fait

done-invited = L’invitation est envoyée à { $who }.
done-asked = { $who } est en dehors de vos domaines. La question a été posée à l’administration.
done-already-here = { $who } a déjà un accès ou une invitation. Rien n’a été fait.
done-resent = L’invitation est de nouveau envoyée à { $who }.
done-withdrawn = L’invitation de { $who } est retirée.
done-off-boarded = L’accès de { $who } est terminé.
done-planned = La fin de l’accès de { $who } est planifiée.
done-leaving-cancelled = { $who } reste. L’accès n’a plus de fin.
done-restored = { $who } a de nouveau accès.
done-kept = { $who } conserve son accès.
done-extended = La fin de l’accès de { $who } est fixée.
done-no-end = L’accès de { $who } n’a plus de fin.
done-now-lead = { $who } est maintenant responsable.
done-now-member = { $who } n’est plus responsable.
done-now-exempt = { $who } n’est jamais retiré·e pour inactivité.
done-not-exempt = L’inactivité compte de nouveau pour { $who }.
done-mail-works = Les messages sont de nouveau envoyés à { $who }.
done-confirmed = Votre réponse est enregistrée.
done-same-list = Vous avez déjà téléversé cette liste. Rien n’a été fait deux fois.
done-unchanged = C’était déjà le cas. Rien n’a été fait.

## Pourquoi un formulaire n’a rien fait

refused-seat-cap-reached = Toutes les places sont occupées. Retirez d’abord l’accès de quelqu’un.
refused-domain-not-allowed = L’adresse est en dehors des domaines de votre organisation.
refused-daily-limit-reached = Plus personne ne peut être invité aujourd’hui. Réessayez demain.
refused-awaiting-approval = La question a déjà été posée à l’administration.
refused-date-in-the-past = Cette date est passée.
refused-hand-over-to-not-a-member = Cette personne ne peut pas reprendre les demandes : elle n’a pas accès ici, ou c’est elle qui part.
refused-last-lead = La dernière personne responsable ne peut pas partir. Désignez d’abord quelqu’un d’autre.
refused-limit-reached = Cela a été tenté il y a peu. Réessayez demain.
refused-not-a-member = Cette personne n’a plus accès : quelqu’un d’autre y a mis fin entre-temps.
refused-invalid-email = Ce n’est pas une adresse e-mail de la forme nom@domaine.
refused-otherwise = Cela n’est plus possible : quelqu’un d’autre l’a changé entre-temps, ou le délai est passé.

## Ce qui ne va pas dans un champ

wrong-email = Indiquez une adresse e-mail de la forme nom@domaine.
wrong-name = Un nom est celui d’une personne : au plus 200 caractères, avec des lettres, sans adresse, et pas le nom d’un service.
wrong-note = Un message personnel compte au plus 2 000 caractères, sans signes qui réordonnent le texte.
wrong-date = Indiquez une date.
wrong-past-date = Cette date est passée. Indiquez-en une plus tardive.
wrong-no-list = Choisissez un fichier, ou collez une liste.
wrong-two-lists = Choisissez un fichier ou collez une liste, pas les deux.
wrong-no-address = Aucune adresse e-mail n’a été trouvée dans la liste.
wrong-no-column = Aucune colonne de la liste n’est désignée comme l’adresse e-mail des personnes elles-mêmes. Nommez-la « E-mail ».
wrong-too-many-rows = La liste compte plus de 1 000 lignes. Coupez-la en deux.
wrong-too-large = La liste dépasse 1 Mio. Coupez-la en deux.
wrong-stale = Cette page est restée ouverte trop longtemps, ou a été ouverte ailleurs. Rien n’a encore été fait : veuillez relire ce que vous avez saisi et l’envoyer de nouveau.

## Off-boarding, step by step, and roles

undo = Annuler
danger = À faire avec précaution
off-board-hint = L’accès se termine, maintenant ou à une date. Vous voyez d’abord ce qui se passe.
no-end = Supprimer la fin
no-end-now = Jamais
change-end = Modifier
open-requests = Ses demandes en cours
hand-over-nobody = Personne : elles restent en cours sous le nom de la personne qui part
somebody-else = Ou l’adresse d’une autre personne
end-access-now = Mettre fin à l’accès maintenant
plan-the-end = Planifier la fin
lead-is-mailed = Un message apporte le lien vers cette page de gestion.
step-down-no-way-back = Vous ne pouvez pas revenir là-dessus. Une autre personne responsable peut vous redonner ce rôle.
wrong-date-and-now = Vous avez indiqué un dernier jour : l’accès se terminera à la fin de ce jour. Pour y mettre fin maintenant, choisissez « Maintenant » et laissez le jour vide.
see-person = Voir { $who }
confirm-off-board = Mettre fin maintenant à l’accès de { $who } ?
confirm-lead = Désigner { $who } comme responsable ?
confirm-member = Mettre fin au rôle de responsable de { $who } ?
confirm-step-down = Quitter le rôle de responsable de { $org } ?
lead-may = Une personne responsable invite des membres dans { $org }, met fin à leur accès, et désigne ou relève d’autres responsables, comme vous.
happens-lead = Cette personne est responsable de { $org }. Ce rôle se termine aussi.
requests-go =
    { $count ->
        [one] { $count } demande en cours revient à { $to }.
       *[other] { $count } demandes en cours reviennent à { $to }.
    }
requests-stay =
    { $count ->
        [one] { $count } demande en cours reste à son nom, et personne d’autre ne peut l’ouvrir.
       *[other] { $count } demandes en cours restent à son nom, et personne d’autre ne peut les ouvrir.
    }
requests-went =
    { $count ->
        [one] { $count } demande en cours revient maintenant à { $to }.
       *[other] { $count } demandes en cours reviennent maintenant à { $to }.
    }
