### Nouvelles demandes : services, formulaires, confirmation.

title = Nouvelle demande
lead = Qui peut vous aider ?
no-desks = Aucun service ne prend de demandes ici
    .says = Aucun service ne prend vos demandes par cette voie. Si vous avez un accès, ouvrez d’abord le lien vers vos demandes : il figure dans chacun de nos messages.
send-link = M’envoyer mon lien
kinds = De quoi avez-vous besoin ?
announcements = Bon à savoir
further = Autres
all-desks = Tous les services
email = Votre adresse e-mail
email-help = Nous envoyons votre demande dès que vous la confirmez depuis l’e-mail que nous vous y envoyons.
name = Votre nom
organization = Pour quelle organisation ?
choose = Veuillez choisir
summary = De quoi s’agit-il, en une ligne ?
summary-help = C’est l’objet de chaque message sur votre demande.
optional = facultatif
date-help = Jour, mois et année, par exemple 31.12.2026.
person-help = Un nom ou une adresse e-mail.
trap = Veuillez laisser ce champ vide
send = Envoyer la demande
send-to-confirm = Envoyer et recevoir le lien de confirmation
foreign = Cette page est restée ouverte trop longtemps, ou a été ouverte ailleurs. Rien n’a encore été envoyé : veuillez relire ce que vous avez écrit et l’envoyer de nouveau.
waiting = Consultez votre boîte de réception
    .says =
        Nous vous avons envoyé un lien. Nous envoyons votre demande dès que vous l’ouvrez et confirmez. Vous avez 48 heures.

        Aucun message ? Regardez dans vos courriers indésirables, et vérifiez que votre adresse est bien écrite.
sent-before = Votre demande a été envoyée
    .says = Elle a été envoyée une fois, bien que le formulaire soit arrivé deux fois. Un message à ce sujet est en route.
sent-for-another = La demande a été envoyée
    .says = Elle a été envoyée au nom de la personne à qui le lien est destiné, et un message à ce sujet est en route vers elle. Une autre personne est connectée dans ce navigateur : la demande n’est donc pas affichée ici.
spent = Votre demande a été envoyée
    .says = Le lien vaut pour une seule demande, et celle-ci a été envoyée. Un message à ce sujet est en route.
anew = Commencer un nouveau formulaire
not-from-here = Ce service ne prend pas de demandes d’ici
    .says = Il ne prend de demandes que depuis certains réseaux, comme celui de votre bureau. Si vous avez un accès, ouvrez le lien vers vos demandes : peu importe alors où vous êtes.
confirm = Cette demande est-elle de vous ?
confirm-kind = Type
confirm-summary = Objet
confirm-by = En tant que
confirm-until = À confirmer avant
confirm-button = Oui, l’envoyer
confirm-or-not = Si elle n’est pas de vous, vous n’avez rien à faire : elle est supprimée d’elle-même.
denied = Votre demande n’a pas été envoyée
    .says = Le service ne prend pas de demandes de votre adresse par cette voie. Si vous pensez qu’il le devrait, écrivez-lui ou adressez-vous à la personne qui s’occupe de votre organisation.

## Phrases avec des valeurs

as-person = Vous l’envoyez en tant que { $email }.
only-for = Les demandes sont prises depuis des adresses de { $domains }, et de la part des personnes qui ont déjà accès.
share-with = Toutes les personnes qui ont accès pour { $org } peuvent la voir aussi
share-with-organization = Toutes les personnes qui ont accès pour l’organisation peuvent la voir aussi
mistakes =
    { $count ->
        [1] Il y a un problème : une réponse est à revoir
       *[other] Il y a un problème : { $count } réponses sont à revoir
    }
too-often =
    { $minutes ->
        [1] Trop de demandes ont été envoyées en peu de temps, celle-ci ne l’a donc pas été. Ce que vous avez écrit est encore là : veuillez l’envoyer de nouveau dans une minute.
       *[other] Trop de demandes ont été envoyées en peu de temps, celle-ci ne l’a donc pas été. Ce que vous avez écrit est encore là : veuillez l’envoyer de nouveau dans { $minutes } minutes.
    }
confirm-lead = Quelqu’un a rempli un formulaire pour { $desk } et indiqué votre adresse. Rien n’a encore été envoyé.

## Ce qui ne va pas dans un champ

wrong-missing = Veuillez répondre à cette question.
wrong-too-long = Veuillez raccourcir ce texte à { $max } caractères.
wrong-control = Ce texte contient des caractères invisibles qui ne sont pas acceptés. Veuillez le saisir de nouveau.
wrong-twice = Ce champ est arrivé deux fois. Veuillez le vérifier.
wrong-not-a-choice = Veuillez choisir parmi ce qui est proposé.
wrong-not-a-number = Veuillez écrire un nombre en chiffres, sans signe entre les milliers : 1500 ou 2,5.
wrong-not-a-date = Veuillez écrire une date qui existe, par exemple 31.12.2026.
wrong-not-an-email = Veuillez écrire une adresse comme nom@lanyard.example.
wrong-not-a-link = Veuillez écrire une adresse web qui commence par https:// ou http://.
wrong-name-address = Un nom ne contient pas d’adresse. Veuillez l’écrire sans.
wrong-name-nothing = Veuillez écrire un nom avec des lettres, ou laisser ce champ vide.
wrong-name-service = C’est le nom d’un service. Veuillez écrire votre propre nom, ou laisser ce champ vide.
wrong-not-a-person = Veuillez écrire un nom ou une adresse e-mail.
