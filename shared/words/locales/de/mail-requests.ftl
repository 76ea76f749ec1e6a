### E-Mails zu einer Anfrage. Ihre Betreffzeile ist deren Nummer und Betreff.

received-heading = Ihre Anfrage ist da
received-lead = { $desk } hat Ihre Anfrage aufgenommen und schreibt Ihnen, wenn sich etwas ändert.
received-action = Anfrage verfolgen
received-quote = Sie haben geschrieben:
received-why = Sie erhalten diese E-Mail, weil diese Anfrage von Ihrer Adresse kam.

shared-heading = Sie können diese Anfrage verfolgen
shared-lead = { $reporter } hat an { $desk } eine Anfrage gestellt, die mit Ihnen geteilt wurde. Sie können sie lesen und kommentieren.
shared-why = Sie erhalten diese E-Mail, weil diese Anfrage mit Ihnen geteilt wurde.

commented-heading = Kommentar von { $author }
commented-heading-desk = Kommentar von { $author } ({ $desk })
commented-heading-customer = Kommentar aus der Kundschaft: { $author }
commented-heading-colleague = Kommentar aus der Kundschaft: { $author } ({ $email })
commented-action = Lesen und antworten
commented-rest = Bitte antworten Sie auf der Seite, die sich öffnet: Eine Antwort auf diese E-Mail erreicht die Anfrage nicht.

status = Status
waiting-subject = Ihre Antwort ist gefragt: { $summary }
status-heading-new = Diese Anfrage wartet auf Bearbeitung
status-heading-in-progress = Diese Anfrage ist in Arbeit
status-heading-waiting = Eine Antwort wird gebraucht
status-heading-done = Diese Anfrage ist erledigt
status-lead-new = Zurzeit arbeitet niemand daran. Sie hören von uns, sobald jemand anfängt.
status-lead-in-progress = Sie müssen nichts tun.
status-lead-waiting = { $desk } wartet auf eine Antwort von Ihrer Seite. Bitte geben Sie sie auf der Seite, die sich öffnet: Eine Antwort auf diese E-Mail erreicht die Anfrage nicht.
status-action-waiting = Antworten

closed-heading = Diese Anfrage ist abgeschlossen
closed-result = Ergebnis
still-missing = Wenn noch etwas fehlt, schreiben Sie es bitte in einen Kommentar.

moved-heading = Diese Anfrage wurde verschoben
moved-lead = Sie wird als { $now } weitergeführt. Sie folgen ihr wie bisher: Ihre Links führen weiterhin zu ihr, und ihre E-Mails behalten die Nummer { $first }, damit sie beisammen bleiben.
moved-lead-elsewhere = Sie ist jetzt { $now }, an einer Stelle, die nicht zu { $desk } gehört. Was dort geschieht, wird hier nicht gezeigt, und Sie bekommen keine E-Mails darüber: Bitte fragen Sie dort nach. Hier ist sie abgeschlossen.
moved-now = Nummer jetzt
moved-first = Nummer bisher

approval-subject = Bitte genehmigen oder ablehnen: { $summary }
approval-heading = Ihre Genehmigung ist gefragt
approval-lead = { $reporter } hat diese Anfrage an { $desk } gestellt. Sie braucht Ihr Ja oder Nein.
approval-action = Lesen und entscheiden
approval-rest = Mit dem Öffnen der Seite ist nichts entschieden: Genehmigen oder ablehnen können Sie dort.
approval-why = Sie erhalten diese E-Mail, weil Ihre Genehmigung für diese Anfrage vorgesehen ist.

approved-heading = Ihre Anfrage wurde genehmigt
declined-heading = Ihre Anfrage wurde abgelehnt
approved-by = { $who } hat sie genehmigt.
declined-by = { $who } hat sie abgelehnt.
answered-why = Sie erhalten diese E-Mail, weil diese Anfrage von Ihnen ist.

handed-over-heading = Diese Anfrage ist jetzt Ihre
handed-over-lead = { $who } hat keinen Zugang zu { $desk } mehr, und diese offene Anfrage wurde Ihnen übergeben. Sie sehen alles, was bisher geschrieben wurde, und { $desk } schreibt von jetzt an Ihnen.
handed-over-why = Sie erhalten diese E-Mail, weil Ihnen diese Anfrage übergeben wurde.

## An einen Servicedesk, über das, was jemand auf den Seiten tat

raised-heading = Eine neue Anfrage
raised-lead = { $who } hat diese Anfrage auf den Seiten gestellt.
raised-type = Art
raised-description = Beschreibung:
raised-more = Antworten, die hier nicht wiederholt werden: { $count }
wrote-heading = Ein Kommentar zur Anfrage
wrote-lead = { $who } hat geschrieben:
changed-heading = Der Status wurde geändert
changed-lead = { $who } hat den Status auf „{ $status }“ gesetzt.
shared-on-heading = Die Anfrage wurde geteilt
shared-with-person = { $who } hat sie mit { $email } geteilt.
shared-with-organization = { $who } hat sie mit allen bei { $org } geteilt.
decided-heading = Eine Genehmigung wurde beantwortet
