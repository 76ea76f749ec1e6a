### E-Mails über den eigenen Zugang.

## Eine Einladung und ihre einzige Erinnerung

invitation-subject = Sie sind zu { $org } eingeladen
invitation-subject-by = { $inviter } lädt Sie zu { $org } ein
invitation-heading = Sie sind zu { $org } eingeladen
invitation-lead = Sie sind eingeladen, { $desk } als Mitglied von { $org } zu nutzen.
invitation-lead-by = { $inviter } lädt Sie ein, { $desk } als Mitglied von { $org } zu nutzen.
invitation-note = Eine persönliche Nachricht:
invitation-rest = Wenn Sie ablehnen, hören Sie nichts mehr davon. Wenn Sie nichts tun, erhalten Sie höchstens eine Erinnerung, und dann verfällt die Einladung.
invitation-for-lead = Als Ansprechperson können Sie Anfragen stellen und verfolgen, alles ohne Passwort, und Sie kümmern sich darum, wer aus Ihrer Organisation Zugang hat.
invitation-for-member = Damit können Sie Anfragen stellen, sie verfolgen und die Antworten lesen, alles ohne Passwort.
invitation-until = Der Zugang würde enden
invitation-action = Annehmen oder ablehnen
invitation-why = Sie erhalten diese E-Mail, weil Sie mit dieser Adresse eingeladen wurden.
invitation-why-by = Sie erhalten diese E-Mail, weil { $inviter } Sie mit dieser Adresse eingeladen hat.
reminder-subject = Erinnerung: Ihre Einladung zu { $org } gilt bis { $day }
reminder-heading = Ihre Einladung zu { $org } ist noch offen
reminder-lead = Sie wurden eingeladen, { $desk } als Mitglied von { $org } zu nutzen. Sie haben noch nicht geantwortet.
reminder-lead-by = { $inviter } hat Sie eingeladen, { $desk } als Mitglied von { $org } zu nutzen. Sie haben noch nicht geantwortet.
reminder-note = Die persönliche Nachricht dazu:
reminder-rest = Dies ist die einzige Erinnerung. Wenn Sie nichts tun, verfällt die Einladung, und Sie hören nichts mehr davon.

## Der Zugang hat begonnen

welcome-subject = Sie haben jetzt Zugang zu { $desk }
welcome-heading = Willkommen
welcome-lead-for-lead = Sie sind jetzt Ansprechperson von { $org }. Auf Ihrer Verwaltungsseite sehen Sie, wer aus Ihrer Organisation Zugang zu { $desk } hat, laden andere ein und beenden den Zugang derer, die gegangen sind.
welcome-lead-for-member = Sie sind jetzt Mitglied von { $org } und können Anfragen an { $desk } stellen.
welcome-rest = Sie brauchen kein Passwort. Einen neuen Link können Sie sich auf den Seiten jederzeit schicken lassen.
welcome-why = Sie erhalten diese E-Mail, weil Ihr Zugang begonnen hat.

## Der Zugang endet, weil er nicht benutzt wird: die Warnung und ihre Erinnerung

inactivity-subject = Brauchen Sie noch Zugang zu { $desk }? Er endet am { $day }
inactivity-heading = Brauchen Sie Ihren Zugang noch?
inactivity-lead =
    { $days ->
        [one] Sie haben { $desk } seit mindestens { $days } Tag nicht benutzt. Deshalb endet Ihr Zugang als Mitglied von { $org } bald.
       *[other] Sie haben { $desk } seit mindestens { $days } Tagen nicht benutzt. Deshalb endet Ihr Zugang als Mitglied von { $org } bald.
    }
inactivity-how = Wenn Sie ihn noch brauchen, öffnen Sie die folgende Seite und drücken Sie dort auf die einzige Schaltfläche. Ein Passwort brauchen Sie nicht.
inactivity-action = Zugang behalten
inactivity-rest = Wenn Sie ihn nicht mehr brauchen, müssen Sie nichts tun. Nichts, was Sie geschrieben haben, wird gelöscht, und eine Ansprechperson von { $org } kann Ihnen wieder Zugang geben.
inactivity-reminder-subject = Erinnerung: Ihr Zugang zu { $desk } endet am { $day }
inactivity-reminder-heading = Ihr Zugang endet bald
inactivity-reminder-lead = Wir haben gefragt, ob Sie Ihren Zugang zu { $desk } als Mitglied von { $org } noch brauchen, und nichts von Ihnen gehört.

## Der Zugang endet an seinem Tag

ending-subject = Ihr Zugang zu { $desk } endet am { $day }
ending-heading = Ihr Zugang ist befristet
ending-lead = Ihr Zugang zu { $desk } als Mitglied von { $org } ist befristet und läuft bald ab.
ending-rest = Wenn Sie ihn länger brauchen, wenden Sie sich bitte vorher an eine Ansprechperson von { $org }.

## Der Zugang ist beendet

ended-subject = Ihr Zugang zu { $desk } ist beendet
ended-heading = Ihr Zugang ist beendet
ended-lead = Sie gehören bei { $desk } nicht mehr zu { $org }, und die Links, die Ihnen geschickt wurden, öffnen nichts mehr.
ended-inactive = Der Grund: Sie haben Ihren Zugang lange nicht benutzt, und niemand hat darum gebeten, ihn zu behalten.
ended-expired = Der Grund: Ihr Zugang war bis zu einem bestimmten Tag befristet, und dieser Tag ist vorbei.
ended-left = Der Grund: Uns wurde mitgeteilt, dass Sie { $org } verlassen haben.
ended-not-needed = Der Grund: Uns wurde mitgeteilt, dass Sie ihn nicht mehr brauchen.
ended-lead-did = Der Grund: Eine Ansprechperson von { $org } hat ihn beendet.
ended-policy = Der Grund: eine Regel, die { $org } mit { $desk } vereinbart hat.
ended-rest = Falls das ein Irrtum ist, wenden Sie sich bitte an eine Ansprechperson von { $org }: Eine Zeit lang lässt sich Ihr Zugang so wiederherstellen, wie er war.
ended-action = { $who } um Zugang bitten
ended-why = Sie erhalten diese E-Mail, weil Sie Zugang zu { $desk } hatten.

## Der eigene Link

link-subject-console = Ihr Link zur Verwaltungsseite
link-subject-console-of = Ihr Link zur Verwaltungsseite von { $org }
link-subject-requests = Ihr Link zu Ihren Anfragen
link-subject-several = Ihre Links
link-heading = Hier ist Ihr Link
link-heading-several = Hier sind Ihre Links
link-lead-console = Er öffnet Ihre Verwaltungsseite: wer Zugang zu { $desk } hat, wann jemand zuletzt aktiv war und was Sie ändern können.
link-lead-console-of = Er öffnet die Verwaltungsseite von { $org }: wer Zugang zu { $desk } hat, wann jemand zuletzt aktiv war und was Sie ändern können.
link-lead-requests = Er öffnet die Liste Ihrer Anfragen an { $desk }.
link-lead-several = Der erste öffnet die Liste Ihrer Anfragen an { $desk }.
link-consoles = Sie kümmern sich auch darum, wer Zugang hat. Diese Links öffnen Ihre Verwaltungsseiten:
link-rest = Wenn Sie diese E-Mail nicht erwartet haben, können Sie sie ignorieren: Der Link ging nur an Sie.
link-why = Sie erhalten diese E-Mail, weil Ihr Link angefordert wurde, von Ihnen oder von { $desk }.

## Eine Anfrage, die auf ein Ja wartet

confirm-subject = Bitte bestätigen Sie Ihre Anfrage an { $desk }
confirm-heading = Bitte bestätigen Sie Ihre Anfrage
confirm-lead = In einem Formular wurde eine Anfrage an { $desk } geschrieben und dazu Ihre Adresse angegeben. Bitte bestätigen Sie, dass die Anfrage von Ihnen ist; vorher zählt sie nicht.
confirm-begins = Sie beginnt
confirm-until = Bestätigung bis
confirm-action = Ansehen und bestätigen
confirm-rest = Mit dem Öffnen der Seite ist nichts bestätigt: Das tun Sie dort.
confirm-or-not = Wenn Sie sie nicht geschrieben haben, müssen Sie nichts tun. Ohne Ihr Ja liest sie niemand, und sie wird gelöscht.
confirm-why = Sie erhalten diese E-Mail, weil Ihre Adresse bei einer Anfrage angegeben wurde.
