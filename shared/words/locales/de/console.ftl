### Die Verwaltungsseite einer Ansprechperson.

people = Personen
invite = Einladen
invite-many = Viele einladen
review = Überprüfung
history = Verlauf
person = Person
name = Name
email = E-Mail-Adresse
role = Rolle
lead = Ansprechperson
member = Mitglied
you = Sie
state = Stand
last-active = Zuletzt aktiv
never = noch nie
invited-by = Eingeladen von
administrator = der Servicedesk
system = einem verbundenen System
system-named = das System „{ $source }“
mail-system = das Mailsystem
automatic = die automatische Prüfung
since = Seit
until = bis
answer-by = Antwort bis
access-ends = Zugang endet
quiet-until = Wird ohne Aktivität entfernt am
undo-until = Rückgängig bis
no-mail = E-Mails kommen nicht an
mail-works = E-Mails an diese Adresse kommen wieder an
mail-works-hint = Versuchen Sie es, wenn das Postfach wieder geht. Kommt noch einmal etwas zurück, erfahren Sie es.
exempt = Wird nie wegen Inaktivität entfernt.
no-seat = Alle Plätze sind belegt. Erst wenn jemand geht, kann wieder jemand eingeladen werden.
search = Name oder Adresse
everybody = Alle
show = Anzeigen
order = Reihenfolge
apply = Anwenden
nobody-found = Niemand passt dazu.
show-all = Alle anzeigen
csv = Als CSV herunterladen
other-pages = Weitere Seiten
previous = Vorige Seite
next = Nächste Seite
review-waits = Sie werden gefragt, wer von diesen Personen noch dazugehört.
to-review = Zur Überprüfung
what-now = Was Sie tun können
nothing-to-do = Hier ist nichts mehr zu tun. Eine Einladung lässt diese Person wieder herein.
off-board = Abmelden
restore = Abmeldung rückgängig machen
restore-hint = Der Zugang kommt zurück und belegt einen Platz; auch übergebene Anfragen, die noch offen sind, kommen zurück. Frühere Links bleiben ungültig; ein neuer wird gesandt.
resend = Einladung noch einmal senden
resend-hint = Die Frist zum Antworten beginnt von vorn.
withdraw = Einladung zurückziehen
withdraw-hint = Der Link in der E-Mail endet, und der Platz wird frei.
keep = Zugang behalten
keep-hint = Sie sagen, dass der Zugang noch gebraucht wird. Eine Warnung gilt dann nicht mehr.
cancel-leaving = Weggang absagen
make-lead = Zur Ansprechperson machen
make-lead-hint = Eine Ansprechperson kümmert sich um die Personen hier, so wie Sie.
make-member = Rolle als Ansprechperson beenden
make-member-hint = Der Zugang bleibt. Der Link zu diesen Seiten endet.
step-down = Nicht mehr Ansprechperson sein
step-down-hint = Sie behalten Ihren Zugang. Diese Seiten schließen sofort.
make-exempt = Nie wegen Inaktivität entfernen
make-exempt-hint = Für alle, die aus gutem Grund länger nicht da sind. Es wird niemand gewarnt, und der Zugang bleibt.
make-not-exempt = Inaktivität wieder zählen lassen
make-not-exempt-hint = Wer lange inaktiv ist, wird gewarnt und dann entfernt.
last-lead = Nur Sie sind Ansprechperson. Machen Sie erst jemand anderen dazu, bevor Sie gehen oder die Rolle abgeben.
last-day = Letzter Tag
set-date = Festlegen
invite-again = Wieder einladen
back-to-people = Zurück zu den Personen
stepped-down = Sie sind nicht mehr Ansprechperson
    .says = Ihr eigener Zugang bleibt. Diese Seiten sind für Sie geschlossen, und ihre Links haben geendet.
gone = Sie haben keinen Zugang mehr
    .says = Sie haben Ihren eigenen Zugang beendet. Eine andere Ansprechperson kann das rückgängig machen.
what-happens = Was geschehen wird
when = Wann
now = Jetzt
on-a-date = An einem Tag
date-hint = Der Zugang endet mit Ablauf dieses Tages.
why = Warum
why-left = Die Person hat die Organisation verlassen
why-not-needed = Die Person braucht keinen Zugang mehr
why-lead = Ein anderer Grund
hand-over = Wer offene Anfragen übernimmt
hand-over-hint = Sie gehen an diese Person, sobald der Zugang endet.
cancel = Abbrechen
optional = optional
access-until = Letzter Tag des Zugangs
access-until-hint = Der Zugang endet von selbst mit Ablauf dieses Tages. Ohne Datum hat er kein Ende.
note = Persönliche Nachricht
note-hint = Sie steht in der Einladungs-E-Mail.
send-invitation = Einladung senden
many-lead = Laden Sie eine Liste von bis zu 1.000 Personen hoch, oder fügen Sie sie ein. Sie sehen, was aus jeder Zeile würde, bevor jemand eingeladen wird.
file = Datei
file-hint = CSV, wie Excel und andere es speichern, bis 1 MiB: eine Person je Zeile, mit E-Mail-Adresse und, wenn Sie mögen, Name.
paste = Oder die Liste einfügen
paste-hint = Eine Person je Zeile, oder Zellen aus einer Tabelle.
preview = Liste prüfen
preview-none = Niemand auf dieser Liste würde eingeladen. Die Zeilen sagen, warum.
working-lead = Was erledigt ist, bleibt erledigt. Fahren Sie mit dem Rest fort.
report-title = Die Liste ist erledigt
go-on = Fortfahren
another-list = Eine andere Liste verwenden
from-file = Datei
from-column = Die Adressen stammen aus Spalte
row = Zeile
result = Ergebnis
rows = Die Zeilen
review-lead = Sagen Sie von jeder Person, ob sie ihren Zugang behält. Jede Antwort gilt sofort; Sie können an einem anderen Tag weitermachen.
review-nothing = Zurzeit ist niemand zu bestätigen.
review-finished = Die letzte Überprüfung wurde abgeschlossen
review-next = Sie werden wieder gefragt
keep-one = Behalten
remove-one = Entfernen
answer = Antwort
nothing-happened = In diesem Monat ist nichts geschehen.
nothing-matches = Kein Eintrag dieses Monats passt dazu.
everything = Alles
show-everything = Alles anzeigen
topic = Worüber
topic-invitations = Einladungen
topic-access = Zugang
topic-roles = Ansprechpersonen und Ausnahmen
topic-requests = Anfragen
topic-mail = E-Mails und Links
by = Getan von
by-people = Personen
by-systems = Andere Systeme
by-itself = Niemand: Es geschieht von selbst
whole-history = Der ganze Verlauf
older = Ältere Einträge
earlier-month = Der Monat davor
later-month = Der Monat danach

## Sätze mit Werten

stopped-bounce = E-Mails an diese Adresse kamen zurück. Es wird nichts mehr dorthin gesandt, und niemand verliert den Zugang, weil eine Antwort ausbleibt.
stopped-listed = Das Mailsystem sendet nichts an diese Adresse, und niemand verliert den Zugang, weil eine Antwort ausbleibt.
stopped-complaint = Eine E-Mail an diese Adresse wurde als Spam gemeldet. E-Mails zu Anfragen gehen nicht mehr dorthin, solche zum Zugang schon. Wer sie liest, kann das im Profil zurücknehmen oder den Servicedesk bitten.
people-of = Personen bei { $org }
seats = { $used } von { $cap } Plätzen belegt
found =
    { $count ->
        [one] { $count } Person
       *[other] { $count } Personen
    }
page = Seite { $page } von { $pages }
off-board-who = { $who } abmelden
invite-title = Jemanden zu { $org } einladen
domains = Adressen in: { $domains }
left-today =
    { $count ->
        [one] Heute kann noch { $count } Person eingeladen werden.
       *[other] Heute können noch { $count } Personen eingeladen werden.
    }
review-of = Wer gehört noch zu { $org }?
review-progress = { $done } von { $of } beantwortet
keep-all = Alle { $count } hier gezeigten behalten
history-of = Verlauf von { $org }
many-warned = { $count } Personen wurden wegen Inaktivität gewarnt
many-reminded = { $count } Personen wurden erinnert, dass der Zugang endet
many-reminded-of-invitation = { $count } Personen wurden an die Einladung erinnert

## Eine Liste von Personen zum Einladen

preview-title =
    { $rows ->
        [one] Liste prüfen: { $rows } Zeile
       *[other] Liste prüfen: { $rows } Zeilen
    }
preview-lead =
    { $count ->
        [one] { $count } Person würde eingeladen. Noch ist es niemand.
       *[other] { $count } Personen würden eingeladen. Noch ist es niemand.
    }
working-title = { $done } von { $of } Zeilen erledigt
report-lead =
    { $count ->
        [one] { $count } Person wurde eingeladen, von { $rows } Zeilen.
       *[other] { $count } Personen wurden eingeladen, von { $rows } Zeilen.
    }
start =
    { $count ->
        [one] { $count } Person einladen
       *[other] { $count } Personen einladen
    }
try-again =
    { $rows ->
        [one] { $rows } abgelehnte Zeile noch einmal versuchen
       *[other] { $rows } abgelehnte Zeilen noch einmal versuchen
    }
would-be-invited = würde eingeladen
would-be-asked = ein Administrator würde gefragt

## Die Folgen des Abmeldens

happens-access = Der Zugang endet, alle ihre Links werden ungültig, und der Platz wird frei.
happens-requests =
    { $count ->
        [0] Die Person hat hier keine offenen Anfragen.
        [one] Die Person hat hier { $count } offene Anfrage.
       *[other] Die Person hat hier { $count } offene Anfragen.
    }
happens-undo = Jetzt getan, lässt es sich bis { $date } rückgängig machen.
happens-return = Keine Domain-Regel lässt sie von selbst wieder herein, nur eine Einladung.

## Stand einer Person

kind-active = Hat Zugang
kind-warned = Inaktiv, gewarnt
kind-leaving = Zugang endet an einem Tag
kind-invited = Eingeladen
kind-proposed = Wartet auf einen Administrator
kind-off-boarded = Abgemeldet
kind-closed = Abgelaufen oder abgelehnt
left-on = Gegangen am { $date }
ended-on = Zugang beendet am { $date }: { $why }

## Warum jemand keinen Zugang mehr hat

left-left = hat die Organisation verlassen
left-not-needed = braucht keinen Zugang mehr
left-lead = eine Ansprechperson hat den Zugang beendet
left-policy = eine Regel hat den Zugang beendet
left-inactive = war zu lange inaktiv
left-expired = der Zugang war befristet

## Warum aus einer Einladung nichts wurde

closed-declined = Einladung abgelehnt
closed-withdrawn = Einladung zurückgezogen
closed-expired = Einladung abgelaufen
closed-refused = Einladung vom Servicedesk abgelehnt

## Reihenfolgen

ordered-name = Nach Name
ordered-silent = Am längsten inaktiv zuerst
ordered-recent = Zuletzt aktiv zuerst
ordered-newest = Zuletzt geändert zuerst
ordered-invited-by = Nach einladender Person

## Was aus einer Zeile wurde

became-invited = eingeladen
became-asked = ein Administrator ist gefragt
became-already-here = ist schon hier
became-duplicate = steht in einer früheren Zeile
became-malformed = keine E-Mail-Adresse
became-outside = außerhalb Ihrer Domains
became-over-cap = kein Platz frei
became-daily-limit = über der heutigen Grenze
became-other = jetzt nicht möglich

## Einträge des Verlaufs

happened-member-invited = { $actor } hat { $subject } eingeladen
happened-exception-asked = { $actor } hat die Administratoren gebeten, { $subject } einladen zu dürfen
happened-exception-refused = { $actor } hat abgelehnt, { $subject } einzuladen
happened-invitation-reminded = { $subject } wurde an die Einladung erinnert
happened-invitation-resent = { $actor } hat { $subject } die Einladung noch einmal gesandt
happened-invitation-accepted = { $subject } hat die Einladung angenommen
happened-invitation-declined = { $subject } hat die Einladung abgelehnt
happened-invitation-withdrawn = { $actor } hat die Einladung von { $subject } zurückgezogen
happened-invitation-expired = Die Einladung von { $subject } ist abgelaufen
happened-member-joined = { $subject } ist mit einer Anfrage beigetreten
happened-member-warned = { $subject } wurde wegen Inaktivität gewarnt
happened-member-reminded = { $subject } wurde erinnert, dass der Zugang endet
happened-member-kept = { $actor } hat den Zugang von { $subject } behalten
happened-member-offboarded = { $actor } hat { $subject } abgemeldet
happened-offboarding-scheduled = { $actor } hat den Weggang von { $subject } geplant
happened-offboarding-cancelled = { $actor } hat den Weggang von { $subject } abgesagt
happened-member-restored = { $actor } hat die Abmeldung von { $subject } rückgängig gemacht
happened-record-reduced = Was von { $subject } aufbewahrt war, wurde verringert
happened-access-extended = { $actor } hat das Ende des Zugangs von { $subject } verschoben
happened-role-changed = { $actor } hat die Rolle von { $subject } geändert
happened-lead-appointed = { $actor } hat { $subject } zur Ansprechperson ernannt
happened-review-asked = Die Ansprechpersonen wurden gefragt, wer noch dazugehört
happened-review-finished = { $actor } hat die Überprüfung abgeschlossen
happened-exemption-changed = { $actor } hat geändert, ob { $subject } wegen Inaktivität entfernt werden kann
happened-request-created = { $actor } hat { $subject } gestellt
happened-request-moved = { $actor } hat { $subject } verschoben
happened-request-commented = { $actor } hat { $subject } kommentiert
happened-request-transitioned = { $actor } hat den Status von { $subject } geändert
happened-late-status-noted = { $actor } hat einen älteren Status von { $subject } gemeldet
happened-request-shared = { $actor } hat { $subject } geteilt
happened-approval-requested = { $actor } hat um eine Genehmigung von { $subject } gebeten
happened-approval-answered = { $actor } hat eine Genehmigung von { $subject } beantwortet
happened-request-closed = { $actor } hat { $subject } geschlossen
happened-request-handed-over = { $subject } wurde übergeben
happened-update-kept = { $actor } hat etwas über { $subject } gemeldet, bevor es bekannt war
happened-update-abandoned = { $subject } kam nie; was darüber gemeldet wurde, ist beiseitegelegt
happened-mail-stopped = { $subject } hat E-Mails abbestellt
happened-mail-resumed = { $subject } möchte wieder E-Mails
happened-address-suppressed = E-Mails an { $subject } wurden eingestellt
happened-suppression-lifted = E-Mails gehen wieder an { $subject }
happened-organization-vacant = Niemand leitet die Organisation, den E-Mails erreichen; die Administration ist gefragt
happened-vacancy-ended = Die Organisation hat wieder eine Ansprechperson
happened-profile-changed = { $subject } hat das eigene Profil geändert
happened-account-disputed = Ein Konto von { $subject } kam auch mit einer anderen Adresse
happened-account-rebound = Ein Konto von { $subject } gehört jemand anderem
happened-account-forgotten = { $actor } hat ein Konto von { $subject } vergessen
happened-links-ended = { $subject } hat alle eigenen Links beendet
happened-sweep-held = Ein Durchlauf hielt an und fragte
happened-sweep-released = { $actor } hat einen Durchlauf fortfahren lassen

## Warum ein Eintrag des Verlaufs entstand

rule-address-outside = die Adresse liegt außerhalb der erlaubten Domains
rule-exception-allowed = der Servicedesk hat die Ausnahme erlaubt
rule-lead-kept = eine Ansprechperson sagt, dass der Zugang noch gebraucht wird
rule-said-from-mail = aus der E-Mail heraus gesagt
rule-ends-never = der Zugang hat kein Ende
rule-ends-at = Zugang endet: { $date }
rule-ends-because = { $why }; Zugang endet: { $date }
rule-leads-now = ist ab jetzt Ansprechperson
rule-leads-no-more = ist nicht mehr Ansprechperson
rule-never-removed = wird nie wegen Inaktivität entfernt
rule-removed-again = Inaktivität zählt wieder
rule-unreached = nach der Warnung kamen E-Mails nicht an
rule-active-again = war nach der Warnung aktiv
rule-invitee-silent = es kam rechtzeitig keine Antwort
rule-administrators-silent = der Servicedesk hat nicht rechtzeitig geantwortet
rule-from-domain = von einer Domain der Organisation
rule-quiet-for =
    { $days ->
        [one] seit { $days } Tag nicht aktiv
       *[other] seit { $days } Tagen nicht aktiv
    }

## Was ein Formular getan hat

done-invited = Die Einladung an { $who } ist unterwegs.
done-asked = { $who } liegt außerhalb Ihrer Domains. Die Administration ist gefragt.
done-already-here = { $who } hat schon Zugang oder eine Einladung. Es wurde nichts getan.
done-resent = Die Einladung an { $who } ist noch einmal unterwegs.
done-withdrawn = Die Einladung an { $who } ist zurückgezogen.
done-off-boarded = Der Zugang von { $who } ist beendet.
done-planned = Das Ende des Zugangs von { $who } ist geplant.
done-leaving-cancelled = { $who } bleibt. Der Zugang hat kein Ende mehr.
done-restored = { $who } hat wieder Zugang.
done-kept = { $who } behält den Zugang.
done-extended = Das Ende des Zugangs von { $who } ist festgelegt.
done-no-end = Der Zugang von { $who } hat kein Ende mehr.
done-now-lead = { $who } ist jetzt Ansprechperson.
done-now-member = { $who } ist nicht mehr Ansprechperson.
done-now-exempt = { $who } wird nie wegen Inaktivität entfernt.
done-not-exempt = Für { $who } zählt Inaktivität wieder.
done-mail-works = E-Mails gehen wieder an { $who }.
done-confirmed = Ihre Antwort ist gespeichert.
done-same-list = Diese Liste haben Sie schon hochgeladen. Nichts wurde doppelt getan.
done-unchanged = Es war schon so; es musste nichts geändert werden.

## Warum ein Formular nichts getan hat

refused-seat-cap-reached = Alle Plätze sind belegt. Melden Sie erst jemanden ab.
refused-domain-not-allowed = Die Adresse liegt außerhalb der Domains Ihrer Organisation.
refused-daily-limit-reached = Heute kann niemand mehr eingeladen werden. Versuchen Sie es morgen.
refused-awaiting-approval = Ein Administrator ist schon gefragt.
refused-date-in-the-past = Das Datum ist vorbei.
refused-hand-over-to-not-a-member = Diese Person kann nicht übernehmen: Sie hat hier keinen Zugang oder geht selbst.
refused-last-lead = Die letzte Ansprechperson kann nicht gehen. Machen Sie erst jemand anderen dazu.
refused-limit-reached = Das wurde vor Kurzem versucht. Versuchen Sie es morgen wieder.
refused-not-a-member = Diese Person hat keinen Zugang mehr: Jemand anderes hat ihn inzwischen beendet.
refused-invalid-email = Das ist keine E-Mail-Adresse der Form name@domain.
refused-otherwise = Das ist nicht mehr möglich: Jemand anderes hat es inzwischen geändert, oder die Frist ist vorbei.

## Was an einem Feld nicht stimmt

wrong-email = Geben Sie eine E-Mail-Adresse der Form name@domain ein.
wrong-name = Ein Name ist der einer Person: höchstens 200 Zeichen, mit Buchstaben, ohne Adresse, und nicht der eines Servicedesks oder Dienstes.
wrong-note = Eine persönliche Nachricht hat höchstens 2.000 Zeichen und keine Zeichen, die Text umordnen.
wrong-date = Geben Sie ein Datum ein.
wrong-past-date = Das Datum ist vorbei. Geben Sie ein späteres ein.
wrong-no-list = Wählen Sie eine Datei, oder fügen Sie eine Liste ein.
wrong-two-lists = Wählen Sie eine Datei oder fügen Sie eine Liste ein, nicht beides.
wrong-no-address = In der Liste wurde keine E-Mail-Adresse gefunden.
wrong-no-column = Keine Spalte der Liste ist als E-Mail-Adresse der Personen selbst benannt. Nennen Sie sie „E-Mail“.
wrong-too-many-rows = Die Liste hat mehr als 1.000 Zeilen. Teilen Sie sie.
wrong-too-large = Die Liste ist größer als 1 MiB. Teilen Sie sie.
wrong-stale = Diese Seite war zu lange offen oder wurde anderswo geöffnet. Es wurde noch nichts getan: Bitte sehen Sie Ihre Angaben durch und senden Sie sie noch einmal.

## Off-boarding, step by step, and roles

undo = Rückgängig machen
danger = Mit Bedacht
off-board-hint = Der Zugang endet, jetzt oder an einem Tag. Sie sehen zuerst, was geschieht.
no-end = Ende entfernen
no-end-now = Nie
change-end = Ändern
open-requests = Ihre offenen Anfragen
hand-over-nobody = Niemand: Sie bleiben unter dem bisherigen Namen offen
somebody-else = Oder die Adresse einer anderen Person
end-access-now = Zugang jetzt beenden
plan-the-end = Ende planen
lead-is-mailed = Eine E-Mail bringt den Link zu diesen Seiten.
step-down-no-way-back = Sie können das nicht selbst zurücknehmen. Eine andere Ansprechperson kann Sie wieder dazu machen.
wrong-date-and-now = Sie haben einen letzten Tag angegeben: Der Zugang endet mit seinem Ablauf. Um ihn jetzt zu beenden, wählen Sie „Jetzt“ und lassen den Tag leer.
see-person = { $who } ansehen
confirm-off-board = Den Zugang von { $who } jetzt beenden?
confirm-lead = { $who } zur Ansprechperson machen?
confirm-member = Die Rolle von { $who } als Ansprechperson beenden?
confirm-step-down = Nicht mehr Ansprechperson von { $org } sein?
lead-may = Eine Ansprechperson lädt Personen zu { $org } ein, beendet ihren Zugang und bestimmt oder entlässt andere Ansprechpersonen, so wie Sie.
happens-lead = Die Person ist Ansprechperson von { $org }. Auch diese Rolle endet.
requests-go =
    { $count ->
        [one] { $count } offene Anfrage geht an { $to }.
       *[other] { $count } offene Anfragen gehen an { $to }.
    }
requests-stay =
    { $count ->
        [one] { $count } offene Anfrage bleibt unter dem bisherigen Namen, und niemand sonst kann sie öffnen.
       *[other] { $count } offene Anfragen bleiben unter dem bisherigen Namen, und niemand sonst kann sie öffnen.
    }
requests-went =
    { $count ->
        [one] { $count } offene Anfrage gehört jetzt { $to }.
       *[other] { $count } offene Anfragen gehören jetzt { $to }.
    }
