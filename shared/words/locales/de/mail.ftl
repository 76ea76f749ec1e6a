### Was mehrere E-Mails gleich sagen.

## Schaltflächen und Angaben

open-console = Verwaltungsseite öffnen
open-request = Anfrage öffnen
open-requests = Anfragen öffnen
labelled = { $label }:
request = Anfrage
summary = Betreff
answer-by = Antwort bis
access-ends = Ihr Zugang endet
undo-until = Lässt sich rückgängig machen bis
shortened = (Hier gekürzt.)
reason-given = Die Begründung:
not-added = Eine Antwort auf diese E-Mail erreicht die Anfrage nicht.

## Warum jemand eine E-Mail erhält

why-access = Sie erhalten diese E-Mail, weil Sie Zugang zu { $desk } haben.
why-administrator = Sie erhalten diese E-Mail, weil Sie zur Administration von { $desk } gehören.
why-follower = Sie erhalten diese E-Mail, weil Sie dieser Anfrage folgen.
why-inbox = Sie erhalten diese E-Mail, weil diese Adresse der Posteingang von { $desk } ist.
why-lead = Sie erhalten diese E-Mail, weil Sie Ansprechperson von { $org } sind.

## Der Fuß

stop-request = E-Mails zu dieser Anfrage abbestellen
stop-all = Alle E-Mails zu Anfragen abbestellen
access-mails-stay = E-Mails zu Ihrem eigenen Zugang lassen sich nicht abbestellen: Es sind wenige, und ohne sie könnte er sich ändern, ohne dass Sie davon erfahren.
care-mails-stay = E-Mails zum Zugang anderer lassen sich nicht abbestellen. Sie gehen an alle, die sich darum kümmern, und enden, wenn Sie das nicht mehr tun.
desk-mails-stay = E-Mails an einen Servicedesk lassen sich hier nicht abbestellen: Durch sie erfährt er, was auf den Seiten geschieht. Wohin sie gehen, steht dort, wo der Servicedesk beschrieben ist.
unconfirmed-mail-stays = Diese E-Mail lässt sich nicht abbestellen, und ohne Ihre Bestätigung folgt keine weitere.
links-lead-to = Die Links führen zu { $host }. Sie funktionieren ohne Passwort und sind nur für Sie bestimmt. Bitte leiten Sie diese E-Mail deshalb nicht weiter.
