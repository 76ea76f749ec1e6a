### Neue Anfragen: Servicedesks, Formulare, Bestätigung.

title = Neue Anfrage
lead = Wer kann helfen?
no-desks = Hier nimmt kein Servicedesk Anfragen an
    .says = Kein Servicedesk nimmt auf diesem Weg Anfragen von Ihnen an. Wenn Sie Zugang haben, öffnen Sie zuerst den Link zu Ihren Anfragen: Er steht in jeder E-Mail von uns.
send-link = Meinen Link zusenden
kinds = Was brauchen Sie?
announcements = Gut zu wissen
further = Sonstiges
all-desks = Alle Servicedesks
email = Ihre E-Mail-Adresse
email-help = Wir senden Ihre Anfrage, sobald Sie sie über die E-Mail bestätigen, die wir dorthin schicken.
name = Ihr Name
organization = Für welche Organisation?
choose = Bitte wählen
summary = Worum geht es, in einer Zeile?
summary-help = Das ist der Betreff jeder E-Mail zu Ihrer Anfrage.
optional = optional
date-help = Tag, Monat und Jahr, etwa 31.12.2026.
person-help = Ein Name oder eine E-Mail-Adresse.
trap = Bitte lassen Sie dieses Feld leer
send = Anfrage senden
send-to-confirm = Senden und Link zum Bestätigen erhalten
foreign = Diese Seite war zu lange offen oder wurde anderswo geöffnet. Es wurde noch nichts gesendet: Bitte sehen Sie Ihre Angaben durch und senden Sie sie noch einmal.
waiting = Sehen Sie in Ihr Postfach
    .says =
        Wir haben Ihnen einen Link geschickt. Wir senden Ihre Anfrage, sobald Sie ihn öffnen und sie bestätigen. Dafür haben Sie 48 Stunden.

        Keine E-Mail? Sehen Sie im Spam-Ordner nach, und prüfen Sie, ob Ihre Adresse richtig geschrieben ist.
sent-before = Ihre Anfrage wurde gesendet
    .says = Sie wurde einmal gesendet, obwohl das Formular zweimal kam. Eine E-Mail dazu ist unterwegs.
sent-for-another = Die Anfrage ist gesendet
    .says = Sie wurde im Namen der Person gesendet, für die der Link ist, und eine E-Mail dazu ist an sie unterwegs. In diesem Browser ist jemand anderes angemeldet; deshalb wird sie hier nicht gezeigt.
spent = Ihre Anfrage wurde gesendet
    .says = Der Link gilt für eine Anfrage, und die wurde gesendet. Eine E-Mail dazu ist unterwegs.
anew = Ein neues Formular beginnen
not-from-here = Von hier aus nimmt dieser Servicedesk nichts an
    .says = Er nimmt Anfragen nur aus bestimmten Netzen an, etwa aus dem Ihres Büros. Wenn Sie Zugang haben, öffnen Sie den Link zu Ihren Anfragen: Dann ist es gleich, wo Sie sind.
confirm = Ist diese Anfrage von Ihnen?
confirm-kind = Was
confirm-summary = Worum es geht
confirm-by = Als
confirm-until = Bestätigen bis
confirm-button = Ja, senden
confirm-or-not = Wenn sie nicht von Ihnen ist, brauchen Sie nichts zu tun: Sie wird von selbst gelöscht.
denied = Ihre Anfrage wurde nicht gesendet
    .says = Der Servicedesk nimmt auf diesem Weg keine Anfragen von Ihrer Adresse an. Wenn er das Ihrer Meinung nach sollte, schreiben Sie ihm bitte, oder fragen Sie, wer sich um Ihre Organisation kümmert.

## Sätze mit Werten

as-person = Sie senden sie als { $email }.
only-for = Angenommen werden Anfragen von Adressen bei { $domains } und von allen, die schon Zugang haben.
share-with = Alle, die für { $org } Zugang haben, dürfen sie auch sehen
share-with-organization = Alle, die für die Organisation Zugang haben, dürfen sie auch sehen
mistakes =
    { $count ->
        [1] Es gibt ein Problem: Eine Angabe stimmt noch nicht
       *[other] Es gibt ein Problem: { $count } Angaben stimmen noch nicht
    }
too-often =
    { $minutes ->
        [1] In kurzer Zeit wurden zu viele Anfragen gesendet, diese deshalb nicht. Ihre Angaben stehen noch hier: Bitte senden Sie sie in einer Minute noch einmal.
       *[other] In kurzer Zeit wurden zu viele Anfragen gesendet, diese deshalb nicht. Ihre Angaben stehen noch hier: Bitte senden Sie sie in { $minutes } Minuten noch einmal.
    }
confirm-lead = Jemand hat ein Formular für { $desk } ausgefüllt und Ihre Adresse angegeben. Gesendet wurde noch nichts.

## Was an einem Feld nicht stimmt

wrong-missing = Bitte beantworten Sie das.
wrong-too-long = Bitte kürzen Sie das auf { $max } Zeichen.
wrong-control = Hier stehen unsichtbare Zeichen, die nicht angenommen werden. Bitte tippen Sie es neu.
wrong-twice = Das kam zweimal an. Bitte sehen Sie es noch einmal durch.
wrong-not-a-choice = Bitte wählen Sie aus dem, was angeboten wird.
wrong-not-a-number = Bitte schreiben Sie eine Zahl in Ziffern, ohne Zeichen zwischen den Tausendern: 1500 oder 2,5.
wrong-not-a-date = Bitte schreiben Sie ein Datum, das es gibt, etwa 31.12.2026.
wrong-not-an-email = Bitte schreiben Sie eine Adresse wie name@lanyard.example.
wrong-not-a-link = Bitte schreiben Sie eine Adresse im Web, die mit https:// oder http:// beginnt.
wrong-name-address = Ein Name enthält keine Adresse. Bitte schreiben Sie ihn ohne.
wrong-name-nothing = Bitte schreiben Sie einen Namen mit Buchstaben, oder lassen Sie das Feld leer.
wrong-name-service = So heißt der Servicedesk oder ein Dienst. Bitte schreiben Sie Ihren eigenen Namen, oder lassen Sie das Feld leer.
wrong-not-a-person = Bitte schreiben Sie einen Namen oder eine E-Mail-Adresse.
