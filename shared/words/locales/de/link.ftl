### Seiten, die ein einzelner Link öffnet.

keep-to-yourself = Der Link, der diese Seite geöffnet hat, ist Ihrer: Wer ihn hat, kann tun, was die Seite anbietet. Bitte geben Sie ihn nicht weiter.
accepted = Sie haben Zugang
    .says = Eine E-Mail mit Ihrem eigenen Link ist unterwegs. Ein Passwort brauchen Sie nicht.
# The next steps of somebody who is let in.
begin-new = Eine Anfrage stellen
begin-new-says = Eine Frage, eine Störung, etwas, das Sie brauchen.
begin-requests = Die Anfragen ansehen
begin-requests-says = Ihre eigenen und die, die mit Ihrer Organisation geteilt sind.
begin-profile = Ihr Profil ansehen
begin-profile-says = Ihr Name, Ihre Sprache, Ihre Zeitzone, die E-Mails, die Sie möchten.
invitation-declined = Sie haben abgelehnt
    .says = Sie hören nichts mehr von dieser Einladung. Sonst wurde nichts getan.
kept = Ihr Zugang bleibt
    .says = Sie müssen nichts weiter tun.
approved = Sie haben genehmigt
    .says = Ihre Antwort ist aufgenommen, und wer die Anfrage gestellt hat, erfährt davon.
approval-declined = Sie haben abgelehnt
    .says = Ihre Antwort ist aufgenommen, und wer die Anfrage gestellt hat, erfährt davon.
mail-stopped = Die E-Mails sind abbestellt
    .says =
        E-Mails zu Ihrem Zugang kommen weiter: Sie würden sonst nicht merken, wann er endet.

        Die anderen können Sie wieder bestellen: die zu einer Anfrage auf deren Seite, alle zusammen in Ihrem Profil. Lassen Sie sich dafür Ihren Link schicken.
exception-allowed = Die Einladung ist unterwegs
    .says = Die Person kann sie aus ihrer E-Mail heraus annehmen oder ablehnen.
exception-refused = Die Einladung ist abgelehnt
    .says = Sie wurde nicht verschickt. Wer sie wollte, erfährt davon.
released = Der Lauf geht weiter
    .says = Der nächste Lauf, innerhalb einer Viertelstunde, führt ihn aus. Er sieht vorher noch einmal nach: Wer seitdem aktiv war, bleibt.
link-mailed = Sehen Sie in Ihr Postfach
    .says =
        Wenn diese Adresse hier bekannt ist, ist eine E-Mail mit einem Link dorthin unterwegs.

        Nach einigen Minuten noch nichts? Sehen Sie im Spam-Ordner nach, oder versuchen Sie es mit der Adresse, die Sie früher benutzt haben.
refused = Das ist nicht möglich
foreign-form = Bitte versuchen Sie es noch einmal
    .says = Die Seite war zu lange offen, oder das Formular kam nicht von ihr; deshalb wurde nichts getan. Öffnen Sie die Seite noch einmal und drücken Sie dort auf die Schaltfläche.
from-elsewhere = Das kam von einer anderen Website
    .says = Das Formular wurde nicht von einer Seite dieses Servicedesks gesendet; deshalb wurde nichts getan. Wenn Sie es senden wollten, öffnen Sie die Seite selbst und senden Sie es dort.
over = Dieser Link gilt nicht mehr
    .says = Er wurde schon benutzt, ist abgelaufen oder wurde durch einen neueren ersetzt. Gerade eben wurde nichts getan.
over-expired = Er ist am { $date } abgelaufen. Gerade eben wurde nichts getan.
over-replaced = Er wurde beendet oder durch einen neueren ersetzt. Gerade eben wurde nichts getan.
over-accepted = Sie haben diese Einladung am { $date } angenommen.
over-declined = Sie haben diese Einladung am { $date } abgelehnt.
over-kept = Sie haben Ihren Zugang schon am { $date } behalten.
over-kept-by = { $who } hat Ihren Zugang am { $date } verlängert.
over-allowed = Sie haben das am { $date } erlaubt.
over-allowed-by = { $who } hat das am { $date } erlaubt.
over-refused = Sie haben das am { $date } abgelehnt.
over-refused-by = { $who } hat das am { $date } abgelehnt.
instead = Als jemand anderes weitermachen?
instead-lead = Sie sind als { $known } angemeldet. Dieser Link ist für { $other }.
instead-warning = Wenn Sie weitermachen, werden Sie zuerst abgemeldet, und was Sie dann schreiben, steht unter dem anderen Namen. Kam der Link nicht aus einer E-Mail an Sie, bleiben Sie.
go-on = Weiter als { $other }
stay = Angemeldet bleiben
renew = Ein neuer Link
renew-button = Neuen Link schicken
not-found = Hier ist nichts
    .says = Vielleicht ist die Adresse unvollständig: Manche Mailprogramme schneiden lange Links ab. Öffnen Sie den Link noch einmal aus Ihrer E-Mail, oder lassen Sie sich einen neuen schicken.
no-session = Diese Seite öffnet Ihr persönlicher Link
    .says = Er steht in den E-Mails von uns und gilt jeweils für eine Stunde. Öffnen Sie ihn noch einmal, oder lassen Sie sich einen neuen schicken.
too-large = Das war zu lang
    .says = Das Formular ist größer, als wir annehmen können; deshalb wurde nichts getan. Bitte schreiben Sie weniger.
not-a-form = Das konnten wir nicht lesen
    .says = Es wurde nichts getan. Öffnen Sie die Seite aus Ihrer E-Mail und drücken Sie dort auf die Schaltfläche.
bad-reason = Ihre Begründung konnte nicht gespeichert werden
    .says = Sie ist länger als 500 Zeichen oder enthält unsichtbare Zeichen, die die Schreibrichtung ändern. Es wurde nichts getan. Gehen Sie zurück und kürzen Sie sie.
not-allowed = Das geht hier nicht
    .says = Es wurde nichts getan. Öffnen Sie die Seite aus Ihrer E-Mail und drücken Sie dort auf die Schaltfläche.
too-many = Bitte warten Sie ein wenig
    .says = Innerhalb weniger Minuten wurden mehrere Links angefordert. Sehen Sie in Ihr Postfach, und versuchen Sie es in einer Viertelstunde noch einmal.
unavailable = Bitte versuchen Sie es gleich noch einmal
    .says = Etwas bei uns hat nicht geantwortet; deshalb wurde nichts getan. Ihr Link gilt weiter, und was Sie geschrieben haben, steht noch da, wenn Sie im Browser zurückgehen.
open-link-again = Zurück zur Seite
send-link = Meinen Link schicken
    .says = Geben Sie Ihre E-Mail-Adresse ein. Wenn wir sie kennen, schicken wir Ihnen sofort einen Link zu allem, was Ihnen gehört.
email = E-Mail-Adresse
not-an-address = Das ist keine E-Mail-Adresse. Eine solche sieht aus wie name@firma.example.
send = Meinen Link schicken
note = Persönliche Nachricht
invited-address = Für
answer-by = Antwort bis
access-ends = Zugang endet
accept = Annehmen
decline = Ablehnen
no-answer = Wenn Sie nichts tun, erhalten Sie höchstens eine Erinnerung, und dann verfällt die Einladung.
keep = Brauchen Sie Ihren Zugang noch?
keep-not-needed = Er endet zurzeit nicht. Sie können trotzdem sagen, dass Sie ihn brauchen.
keep-button = Zugang behalten
keep-or-not = Wenn Sie ihn nicht mehr brauchen, müssen Sie nichts tun. Nichts, was Sie geschrieben haben, wird gelöscht, und eine Ansprechperson Ihrer Organisation kann Ihnen wieder Zugang geben.
exception = Darf diese Person eingeladen werden?
outside-domains = Die Adresse gehört nicht zu den Domänen, aus denen die Organisation einladen darf.
no-free-seat = Zurzeit sind alle Plätze belegt: Sie können es erlauben, sobald einer frei ist.
person = Person
name-given = Name, wie in der Einladung
role = Soll werden
no-end = an keinem Datum
seats-label = Plätze
organization = Organisation
allowed-domains = Erlaubte Domänen
decide-by = Entscheidung bis
allow = Erlauben
refuse = Ablehnen
held = Ein Lauf wurde angehalten
began = Beginn
would-lose = So viele würden je Organisation den Zugang verlieren
release = Lauf fortsetzen
held-stays = Wenn Sie nichts tun, verliert niemand den Zugang. Alle Betroffenen wurden gewarnt und hatten die ganze Zeit, die die Regeln ihnen geben.
stop-request = E-Mails zu dieser Anfrage abbestellen?
stop-request-lead = Sie erhalten E-Mails, wenn jemand sie kommentiert oder sich ihr Status ändert.
stop-all = Alle E-Mails abbestellen?
stop-all-lead = Sie erhalten E-Mails zu den Anfragen, an denen Sie beteiligt sind.
stop = E-Mails abbestellen
access-mails-stay = E-Mails zu Ihrem Zugang lassen sich nicht abbestellen: Sie würden nicht merken, wann er endet.
request = Anfrage
description = Beschreibung
details = Einzelheiten
comments = Kommentare
no-comments = Noch hat niemand einen Kommentar geschrieben.
older-comments = Ältere Kommentare stehen hier nicht.
from-desk = Servicedesk
history = Verlauf
reported-late = verspätet gemeldet
approval = Genehmigen Sie das?
approval-lead = Für diese Anfrage ist Ihre Genehmigung gefragt.
your-answer = Ihre Antwort
why = Begründung
optional = optional
why-hint = Wer die Anfrage gestellt hat, liest sie. Höchstens 500 Zeichen.
approve = Genehmigen

## Die Regel, die dagegen steht

refusal-seat-cap-reached = Alle Plätze der Organisation sind belegt. Sobald einer frei ist, können Sie es noch einmal versuchen.
refusal-unknown-approval = Ihre Genehmigung ist hier nicht mehr gefragt.
refusal-limit-reached = Mehr Text nimmt die Anfrage nicht auf. Bitte antworten Sie mit einer kürzeren Begründung oder ohne.
refusal-unknown-organization = Diese Organisation gibt es nicht.
refusal-unknown-desk = Diesen Servicedesk gibt es nicht.
refusal-unknown-request = Diese Anfrage gibt es nicht.
refusal-unknown-account = Diese Person gehört nicht zur Organisation.
refusal-unreadable = Das ließ sich nicht lesen.
refusal-request-exists = Diese Anfrage gibt es schon.
refusal-access-denied = Das ist Ihnen hier nicht erlaubt.
refusal-domain-not-allowed = Die Adresse gehört nicht zu den Domänen, aus denen die Organisation einladen darf.
refusal-daily-limit-reached = Für heute sind es genug Einladungen.
refusal-awaiting-approval = Das wartet auf die Administration.
refusal-invalid-email = Das ist keine E-Mail-Adresse der Form name@domain.
refusal-duplicate = Das steht schon da.
refusal-date-in-the-past = Dieser Tag ist schon vorbei.
refusal-hand-over-to-not-a-member = Wer die offenen Anfragen übernehmen soll, gehört nicht zur Organisation.
refusal-last-lead = Die letzte Ansprechperson einer Organisation bleibt.
refusal-not-possible-now = Das ist nicht mehr möglich: Die Frist ist vorbei, oder es wurde inzwischen beantwortet.
refusal-too-many-early-updates = Dazu ist schon zu viel gekommen.
too-often-minutes =
    { $minutes ->
        [1] Andere bekämen dadurch E-Mails, und in kurzer Zeit wurden schon zu viele ausgelöst. Es wurde nichts getan: Bitte versuchen Sie es in einer Minute noch einmal.
       *[other] Andere bekämen dadurch E-Mails, und in kurzer Zeit wurden schon zu viele ausgelöst. Es wurde nichts getan: Bitte versuchen Sie es in { $minutes } Minuten noch einmal.
    }
too-often-hours =
    { $hours ->
        [one] Andere bekämen dadurch E-Mails, und in kurzer Zeit wurden schon zu viele ausgelöst. Es wurde nichts getan: Bitte versuchen Sie es in { $hours } Stunde noch einmal.
       *[other] Andere bekämen dadurch E-Mails, und in kurzer Zeit wurden schon zu viele ausgelöst. Es wurde nichts getan: Bitte versuchen Sie es in { $hours } Stunden noch einmal.
    }

## Sätze mit Namen

renew-lead = Er geht an die Adresse, für die dieser Link war, { $address }, wenn es für sie etwas zu öffnen gibt.
invitation = Sie sind zu { $org } eingeladen
invites = Sie sind eingeladen, Mitglied von { $org } zu werden.
invites-by = { $inviter } lädt Sie ein, Mitglied von { $org } zu werden.
invites-to-desk = Sie sind eingeladen, { $desk } als Mitglied von { $org } zu nutzen.
invites-to-desk-by = { $inviter } lädt Sie ein, { $desk } als Mitglied von { $org } zu nutzen.
as-member = Damit können Sie Anfragen stellen, sie verfolgen und die Antworten lesen, alles ohne Passwort.
as-lead = Als Ansprechperson können Sie Anfragen stellen und verfolgen, alles ohne Passwort, und Sie kümmern sich darum, wer aus Ihrer Organisation Zugang hat.
keep-lead = Sie haben Zugang als Mitglied von { $org }.
keep-lead-at = Sie haben als Mitglied von { $org } Zugang zu { $desk }.
exception-lead = Jemand soll zu { $org } eingeladen werden.
exception-lead-by = { $inviter } möchte jemanden zu { $org } einladen.
would-be-lead = Ansprechperson: sieht alle Personen der Organisation, lädt ein und beendet Zugänge
would-be-member = Mitglied
seats = { $used } von { $cap } sind belegt
held-lead =
    { $count ->
        [one] Er hätte { $count } Person den Zugang genommen, mehr als erlaubt. Niemand hat ihn verloren.
       *[other] Er hätte { $count } Personen den Zugang genommen, mehr als erlaubt. Niemand hat ihn verloren.
    }
answered-approved = Sie haben diese Anfrage genehmigt
answered-declined = Sie haben diese Anfrage abgelehnt
