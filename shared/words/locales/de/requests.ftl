### Listen von Anfragen und eine einzelne Anfrage.

my-requests = Meine Anfragen
new-request = Neue Anfrage
profile = Profil
which = Welche Anfragen
state = Stand
open = Offen
closed = Geschlossen
search = Suche
search-hint = Wörter aus dem Betreff oder die Nummer
desk = Servicedesk
every-desk = Alle Servicedesks
kind = Art
every-kind = Alle Arten
organization = Organisation
show = Anzeigen
show-all = Alle anzeigen
nothing-found = Nichts davon passt zu Ihrer Suche.
no-organization = Sie gehören zu keiner Organisation, also ist auch nichts mit einer geteilt.
older = Ältere Anfragen
newest = Zurück zu den neuesten
look-further = Weitersuchen
columns = Spalten wählen
columns-lead = Welche Spalten Ihre Listen haben und in welcher Reihenfolge. Der Betreff ist immer dabei.
no-column = (keine)
save = Speichern
back-to-list = Zurück zu meinen Anfragen
key = Anfrage
first-key = Gestellt als
raised-by = Gestellt von
you = Ihnen
raised = Gestellt
resolution = Ergebnis
takes-part = Beteiligt
shared-with = Geteilt mit
description = Beschreibung
details = Angaben
history = Verlauf
reported-late = verspätet gemeldet
comments = Kommentare
no-comments = Noch hat niemand etwas geschrieben.
from-desk = vom Servicedesk
older-comments = Ältere Kommentare zeigen
newest-comments = Zurück zu den neuesten Kommentaren
your-comment = Ihr Kommentar
comment-hint = Der Servicedesk und alle, die dieser Anfrage folgen, lesen ihn. Möglich sind **fett**, Listen, `Code` und Links.
send-comment = Kommentar senden
approval = Ihre Genehmigung ist gefragt
approval-lead = Bitte lesen Sie die Anfrage und sagen Sie, ob sie ausgeführt werden soll.
approvals = Genehmigungen
answer-by = Antwort bis
why = Begründung (optional)
why-hint = Wer die Anfrage gestellt hat und der Servicedesk lesen sie.
approve = Genehmigen
decline = Ablehnen
waiting = Wartet auf Antwort
change-status = Status ändern
change-status-lead = Das überlässt der Servicedesk Ihnen. Er erfährt davon, ebenso alle, die der Anfrage folgen.
share = Teilen
share-lead = Mit wem Sie die Anfrage teilen, liest alles, was Sie hier lesen, und kann kommentieren.
colleague = E-Mail-Adresse einer Kollegin oder eines Kollegen
colleague-hint = Jemand mit Zugang zu Ihrer Organisation. Die Person bekommt eine E-Mail.
share-with-colleague = Mit dieser Person teilen
mails = E-Mails zu dieser Anfrage
mails-on = Sie bekommen eine E-Mail, wenn jemand kommentiert oder der Status sich ändert.
mails-off = Sie bekommen keine E-Mails zu dieser Anfrage.
stop-mails = Diese E-Mails abbestellen
resume-mails = E-Mails schicken
stale-form = Diese Seite war zu lange offen, darum wurde nichts gesendet. Was Sie geschrieben haben, steht noch hier: Bitte senden Sie es noch einmal.
not-an-address = Das ist keine E-Mail-Adresse der Form name@domain.

## Sätze mit Werten

moved-on = Diese Anfrage wurde verschoben und wird als { $key } weitergeführt. Sie folgen ihr wie bisher.
moved-elsewhere = Diese Anfrage wurde an eine Stelle verschoben, die nicht zu diesem Servicedesk gehört. Dort ist sie { $key }. Was dort geschieht, wird hier nicht gezeigt: Bitte fragen Sie dort nach.
nth-column = Spalte { $number }
decision-approved = Genehmigt
decision-declined = Abgelehnt
share-with-organization = Mit allen bei { $name } teilen

## Leere Listen, und was dann zu tun ist

nothing-created-open = Sie haben keine offene Anfrage. Wenn etwas nicht geht oder Sie etwas brauchen, stellen Sie eine.
nothing-created-closed = Noch ist keine Ihrer Anfragen geschlossen.
nothing-approvals-open = Nichts wartet auf Ihre Genehmigung. Sobald das so ist, bekommen Sie eine E-Mail.
nothing-approvals-closed = Eine geschlossene Anfrage wartet auf keine Genehmigung.
nothing-shared-open = Keine offene Anfrage ist mit Ihrer Organisation geteilt. Wer eine gestellt hat, kann sie auf ihrer Seite teilen.
nothing-shared-closed = Keine geschlossene Anfrage ist mit Ihrer Organisation geteilt.
nothing-taking-part-open = Sie sind an keiner offenen Anfrage beteiligt. Teilt jemand eine mit Ihnen, steht sie hier.
nothing-taking-part-closed = Sie sind an keiner geschlossenen Anfrage beteiligt.

## Listen

aspect-created = Von mir gestellt
aspect-approvals = Warten auf meine Genehmigung
aspect-shared = Mit meiner Organisation geteilt
aspect-taking-part = Ich bin beteiligt

## Spalten

column-summary = Betreff
column-key = Nummer
column-status = Status
column-kind = Art
column-desk = Servicedesk
column-reporter = Gestellt von
column-organization = Organisation
column-created = Gestellt
column-changed = Zuletzt geändert

## Was ein Formular getan hat

done-raised = Ihre Anfrage ist beim Servicedesk. Eine E-Mail mit dem Link zu ihr ist unterwegs.
done-commented = Ihr Kommentar ist unterwegs zum Servicedesk und zu allen, die der Anfrage folgen.
done-shared = Die Anfrage ist geteilt.
done-status-changed = Der Status ist geändert, der Servicedesk erfährt davon.
done-approved = Sie haben genehmigt. Der Servicedesk und wer die Anfrage gestellt hat erfahren es.
done-declined = Sie haben abgelehnt. Der Servicedesk und wer die Anfrage gestellt hat erfahren es.
done-mails-on = Ab jetzt bekommen Sie E-Mails zu dieser Anfrage.
done-mails-off = Sie bekommen keine E-Mails zu dieser Anfrage mehr.
done-columns-chosen = Ihre Listen haben ab jetzt diese Spalten.
done-already = Es war schon so; es musste nichts geändert werden.

## Warum ein Formular nichts getan hat

refused-not-a-member = Niemand mit dieser Adresse hat Zugang zu Ihrer Organisation. Die Ansprechperson Ihrer Organisation kann sie einladen.
refused-limit-reached = Diese Anfrage sehen schon so viele Personen, wie es bei einer Anfrage geht. Teilen Sie sie stattdessen mit der Organisation.
refused-not-possible-now = Die Anfrage hat sich inzwischen geändert; deshalb ist das nicht mehr möglich. Hier steht sie, wie sie jetzt ist.
refused-unknown-approval = Ihre Genehmigung ist nicht mehr gefragt.
refused-not-allowed = Das können nur diejenigen, die die Anfrage gestellt haben oder daran beteiligt sind.

## Was an einem Text nicht stimmt

bad-text-empty = Bitte schreiben Sie etwas.
bad-text-too-long = Das ist länger als { $max } Zeichen. Bitte kürzen Sie es.
bad-text-control = Das enthält unsichtbare Steuerzeichen oder Zeichen, die die Schreibrichtung ändern. Bitte entfernen Sie sie oder tippen Sie es neu.

## A request that was handed over, and one that is closed

handed-to-you = { $who } · Ihre seit { $since }, übergeben von { $by }
handed-to = { $who } · bei { $to } seit { $since }, übergeben von { $by }
closed-opens = Diese Anfrage ist geschlossen.
closed-stays = Diese Anfrage ist geschlossen. Ihr Kommentar erreicht den Service, und die Anfrage bleibt geschlossen.
send-and-open = Senden und wieder öffnen
send-and-leave-closed = Senden und geschlossen lassen
done-commented-closed = Ihr Kommentar ist unterwegs. Die Anfrage bleibt geschlossen.
done-commented-and-opened = Ihr Kommentar ist unterwegs, und die Anfrage ist wieder offen.
refused-oneself = Das ist Ihre eigene Adresse: Sie sind schon dabei.
