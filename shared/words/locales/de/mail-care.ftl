### E-Mails an alle, die sich um den Zugang anderer kümmern.

## Einladungen

declined-subject = { $invitee } hat Ihre Einladung abgelehnt
declined-heading = Eine Einladung wurde abgelehnt
declined-lead = { $invitee } möchte nicht zu { $org } gehören. Der Platz ist wieder frei.
declined-why = Sie erhalten diese E-Mail, weil die Einladung von Ihnen kam.

exception-subject = Bitte entscheiden Sie: Darf { $org } { $invitee } einladen?
exception-heading = Eine Einladung wartet auf Ihre Entscheidung
exception-lead = Jemand soll zu { $org } eingeladen werden. Die Organisation darf das nicht allein entscheiden.
exception-lead-by = { $inviter } möchte jemanden zu { $org } einladen. Die Organisation darf das nicht allein entscheiden.
exception-invitee = Eingeladen werden soll
exception-name = Name, wie in der Einladung
exception-role = Soll werden
exception-role-lead = Ansprechperson: sieht alle Personen der Organisation, lädt ein und beendet Zugänge
exception-role-member = Mitglied
exception-access-ends = Zugang endet
exception-no-end = an keinem Datum
exception-seats = Plätze
exception-seats-taken = { $used } von { $cap } sind belegt
exception-organization = Organisation
exception-until = Entscheidung bis
exception-action = Erlauben oder ablehnen
exception-note = Die Nachricht an die eingeladene Person:
exception-rest = Bis Sie entscheiden, wird keine Einladung verschickt und kein Platz belegt. Entscheidet rechtzeitig niemand, verfällt die Einladung.
allowed-subject = { $invitee } darf zu { $org } eingeladen werden
allowed-heading = Ihre Einladung wurde erlaubt
allowed-lead = Eine Administratorin oder ein Administrator von { $desk } hat erlaubt, { $invitee } zu { $org } einzuladen. Die Einladung ist unterwegs.

refused-subject = { $invitee } kann nicht zu { $org } eingeladen werden
refused-heading = Eine Einladung wurde abgelehnt
refused-lead = Die Administration von { $desk } hat es abgelehnt, { $invitee } zu { $org } einzuladen. Es wurde keine Einladung verschickt und kein Platz belegt.
refused-why = Sie erhalten diese E-Mail, weil die Einladung von Ihnen kam.

## Mitglieder, die kommen und gehen

joined-subject = { $member } gehört jetzt zu { $org }
joined-heading = Jemand ist dazugekommen
joined-lead = { $member } hat eine Anfrage an { $desk } gestellt. Die Adresse gehört zu { $org }; deshalb ist die Person jetzt Mitglied und belegt einen Platz.
joined-rest = Wenn die Person keinen Zugang haben soll, beenden Sie ihn auf Ihrer Verwaltungsseite.
no-seat-subject = { $member } hat eine Anfrage gestellt, aber { $org } hat keinen freien Platz
no-seat-heading = Für jemanden war kein Platz frei
no-seat-lead = { $member } hat eine Anfrage an { $desk } gestellt. Die Adresse gehört zu { $org }, aber alle Plätze sind belegt: Die Person kann diese eine Anfrage verfolgen und ist kein Mitglied.
no-seat-rest = Damit sie Mitglied werden kann, machen Sie auf Ihrer Verwaltungsseite einen Platz frei und laden Sie sie ein.

planned-subject = Der Zugang von { $member } endet am { $day }
planned-heading = Der Zugang eines Mitglieds wird enden
planned-lead = { $member } hat als Mitglied von { $org } noch Zugang zu { $desk }, und zwar bis { $day }. Bis dahin ändert sich nichts.
planned-ends = Endet
off-boarded-subject = { $member } gehört nicht mehr zu { $org }
off-boarded-heading = Der Zugang eines Mitglieds ist beendet
off-boarded-lead = { $member } hat als Mitglied von { $org } keinen Zugang zu { $desk } mehr, und der Platz ist frei.
off-boarded-ended = Beendet
off-boarded-no-requests = Offene Anfragen gibt es zurzeit nicht.
off-boarded-handed-over = Offene Anfragen gehen an die Person, die unten genannt ist.
off-boarded-to-hand-over = Jemand sollte übernehmen, was noch offen ist. Wer das ist, können Sie auf Ihrer Verwaltungsseite wählen.
off-boarded-member = Mitglied
off-boarded-reason = Grund
reason-left = hat die Organisation verlassen
reason-not-needed = braucht keinen Zugang mehr
reason-lead = von einer Ansprechperson beendet
reason-policy = eine Regel der Organisation
reason-inactive = lange nicht benutzt
reason-expired = war befristet
off-boarded-open-requests = Offene Anfragen
off-boarded-heir = Übergeben an

leaver-subject = { $member } hat { $org } verlassen und trotzdem eine Anfrage gestellt
leaver-heading = Anfrage nach dem Ende des Zugangs
leaver-lead = { $member } hat für { $org } keinen Zugang zu { $desk } mehr. Über ein anderes System kam dennoch eine Anfrage von dieser Adresse. Sie wurde aufgenommen; einen Link hat die Person nicht erhalten.
leaver-check = Bitte prüfen Sie, welche Systeme die Person noch einlassen.
leaver-why = Sie erhalten diese E-Mail, weil Sie sich darum kümmern, wer für { $org } Zugang zu { $desk } hat.

## E-Mails, die nicht ankommen

bounced-subject = E-Mails an { $member } kommen nicht mehr an
bounced-heading = E-Mails kommen nicht mehr an
bounced-lead = Das Mailsystem von { $member } nimmt unsere E-Mails endgültig nicht mehr an. Oft gibt es das Postfach nicht mehr, weil jemand die Organisation verlassen hat.
bounced-listed = Das Mailsystem von { $desk } sendet nichts an { $member }, weil früher E-Mails an diese Adresse zurückkamen.
bounced-asked-instead = { $desk } schickt nichts mehr an diese Adresse. Niemand verliert den Zugang, weil eine Antwort auf eine E-Mail ausbleibt, die nicht ankommt: Dann werden Sie gefragt.
bounced-rest = Wenn die Person { $org } verlassen hat, beenden Sie bitte ihren Zugang. Geht das Postfach wieder, sagen Sie es auf der Seite der Person.
complaint-subject = Eine E-Mail an { $member } wurde als Spam gemeldet
complaint-heading = Eine E-Mail wurde als Spam gemeldet
complaint-lead = Unsere E-Mail an { $member } wurde als Spam gemeldet. { $desk } schickt keine E-Mails zu Anfragen mehr an diese Adresse, und einen Monat lang keine Einladung und keinen Link. E-Mails zum Zugang gehen weiter dorthin.
complaint-rest = Wenn die Person { $org } verlassen hat, beenden Sie bitte ihren Zugang. Sonst müssen Sie nichts tun: Die Person kann es in ihrem Profil zurücknehmen.

unreachable-subject =
    { $count ->
        [one] { $org }: E-Mails erreichen ein stilles Mitglied nicht
       *[other] { $org }: E-Mails erreichen stille Mitglieder nicht
    }
unreachable-heading = Wird hier noch Zugang gebraucht?
unreachable-lead = Diese Mitglieder von { $org } haben { $desk } lange nicht benutzt. E-Mails an sie kommen nicht an, deshalb konnten sie nicht gefragt werden, ob sie den Zugang noch brauchen. Deswegen verliert ihn niemand:
unreachable-rest-lead = Bitte fragen Sie auf anderem Weg nach. Wer die Organisation verlassen hat, dessen Zugang beenden Sie. Geht ein Postfach wieder, sagen Sie es auf der Seite der Person.
unreachable-rest-administrator = E-Mails erreichen auch keine Ansprechperson von { $org }. Bitte finden Sie heraus, ob diese Personen noch da sind. Den Zugang beendet jemand aus der Organisation, Ihr Personalsystem oder der Betrieb; eine Adresse, die wieder erreichbar ist, gibt der Betrieb frei.
unreachable-again = Solange es so ist, kommt diese E-Mail in einem Monat wieder.

## Wer noch dazugehört

review-subject = Wer bei { $org } braucht noch Zugang zu { $desk }?
review-heading = Wer braucht noch Zugang?
review-lead = Bitte sehen Sie durch, wer von { $org } Zugang zu { $desk } hat, und geben Sie bei jeder Person an, ob sie ihn noch braucht.
review-people = Personen
review-last = Letzte Überprüfung
review-action = Überprüfung beginnen
review-rest = Jede Antwort wird sofort gespeichert; Sie können also aufhören und später weitermachen. Niemand verliert den Zugang, nur weil eine Antwort fehlt.
review-why =
    { $days ->
        [1] Sie erhalten diese E-Mail, weil Sie Ansprechperson von { $org } sind; Ansprechpersonen werden jeden Tag gefragt.
       *[other] Sie erhalten diese E-Mail, weil Sie Ansprechperson von { $org } sind; Ansprechpersonen werden alle { $days } Tage gefragt.
    }

digest-subject =
    { $count ->
        [one] { $count } Person bei { $org }: Zugang nach langer Stille beendet
       *[other] { $count } Personen bei { $org }: Zugang nach langer Stille beendet
    }
digest-heading =
    { $count ->
        [one] Zugang beendet für { $count } Person
       *[other] Zugang beendet für { $count } Personen
    }
digest-lead =
    { $count ->
        [1] Dieses Mitglied von { $org } hatte { $desk } lange nicht benutzt und auf die Frage, ob der Zugang noch gebraucht wird, nicht geantwortet:
       *[other] Diese Mitglieder von { $org } hatten { $desk } lange nicht benutzt und auf die Frage, ob der Zugang noch gebraucht wird, nicht geantwortet:
    }
digest-more = Und { $count } weitere; sie stehen auf Ihrer Verwaltungsseite.
digest-rest = Wenn jemand bleiben soll, stellen Sie den Zugang auf Ihrer Verwaltungsseite wieder her.

## An die Administration

vacant-subject = { $org } hat keine Ansprechperson
vacant-heading = { $org } braucht eine Ansprechperson
vacant-lead = { $org } hat keine Ansprechperson, die E-Mails erreichen. Niemand kann dort einladen, behalten oder abmelden. Solange das so ist, verliert niemand wegen Inaktivität den Zugang, und die Überprüfung der Mitglieder ruht.
vacant-nobody = Kein anderes Mitglied, das E-Mails erreichen, hat Zugang.
vacant-ask = Diese Mitglieder könnten gefragt werden, die aktivsten zuerst:
vacant-last-active = zuletzt aktiv { $date }
vacant-not-active = noch nicht aktiv
vacant-more = Und { $count } weitere.
vacant-since = Seit
vacant-rest = Um jemanden zur Ansprechperson zu machen, nennen Sie die Person in der Beschreibung der Welt und wenden Sie diese an. Ist niemand mehr da, entscheiden Sie bitte, ob { $org } noch Zugang braucht.
vacant-again = Solange es so ist, kommt diese E-Mail in einer Woche wieder.

last-lead-subject = { $org } hat bald keine Ansprechperson mehr
last-lead-heading = Die letzte Ansprechperson von { $org } ist verstummt
last-lead-lead = { $lead } ist die einzige Ansprechperson von { $org } und hätte nach langer Stille den Zugang verloren. Nichts wurde geändert, weil sich sonst niemand um die Mitglieder kümmert.
last-lead-check = Bitte finden Sie heraus, ob die Person noch da ist, oder ernennen Sie eine andere Ansprechperson.

held-subject =
    { $count ->
        [one] Bitte entscheiden Sie: { $count } Person würde auf einmal den Zugang verlieren
       *[other] Bitte entscheiden Sie: { $count } Personen würden auf einmal den Zugang verlieren
    }
held-heading = Ein Lauf wurde angehalten
held-lead = Der Lauf, der ungenutzte Zugänge beendet, hätte mehr Menschen auf einmal den Zugang genommen, als er ohne Zustimmung der Administration darf. Niemand hat den Zugang verloren.
held-where = Wo sie sind:
held-run = Lauf
held-would-lose = Den Zugang würden verlieren
held-limit = In einem Lauf erlaubt
held-action = Lauf ansehen und entscheiden
held-rest = Mit dem Öffnen der Seite geht der Lauf nicht weiter: Das entscheiden Sie dort. Wenn Sie nichts tun, verliert niemand den Zugang.

token-subject = { $desk }: Das Token für Jira läuft bald ab
token-heading = Das Token für Jira läuft bald ab
token-lead = { $desk } ruft Jira mit dem API-Token eines Kontos auf. Dieses Token läuft bald ab. Ohne ein neues wird dort nichts mehr geschrieben: Was hier geschieht, wartet, und nichts davon geht verloren.
token-until = Es läuft ab
token-rest = Bitte erstellen Sie ein neues Token für dasselbe Konto und führen Sie aus: lanyard desk connect { $id }

burst-subject = Zu viel auf einmal: { $who }
burst-heading = Jemand hat zu viel auf einmal getan
burst-lead = { $who } hat in kurzer Zeit mehr getan, als eine einzelne Person darf: Jeder dieser Schritte hätte anderen E-Mails geschickt.
burst-lead-of = { $who }, Ansprechperson von { $org }, hat in kurzer Zeit mehr getan, als eine einzelne Person darf: Jeder dieser Schritte hätte anderen E-Mails geschickt.
burst-told = Was bis dahin geschah, bleibt bestehen. Was danach kam, wurde nicht ausgeführt, und die Person hat das erfahren. Sie hören davon einmal am Tag für jede Person.
burst-again = Weiter geht es ab
