### Das Profil einer Person.

title = Ihr Profil
of = Für
name = Name
name-hint = So sehen andere Sie bei Anfragen.
wrong-name = Bitte schreiben Sie Ihren eigenen Namen: höchstens 200 Zeichen, mit Buchstaben, ohne Adresse, und nicht den Namen eines Servicedesks oder Dienstes.
language = Sprache
as-the-browser = Wie mein Browser es wünscht
zone = Zeitzone
zone-hint = In ihr stehen alle Zeiten, zum Beispiel Europe/Berlin. Ohne Angabe gilt die Ihres Browsers oder Ihrer Organisation.
wrong-zone = Diese Zeitzone gibt es nicht. Eine Zeitzone heißt nach Region und Stadt, zum Beispiel Europe/Berlin. Es wurde nichts gespeichert.
save = Speichern
saved = Ihr Profil ist gespeichert.
mails = E-Mails
mails-on = Sie erhalten E-Mails zu den Anfragen, an denen Sie beteiligt sind.
mails-off = Sie erhalten keine E-Mails zu Anfragen.
stop = Alle abbestellen
resume = Wieder bestellen
stopped = Die E-Mails zu Anfragen sind abbestellt.
resumed = Die E-Mails zu Anfragen kommen wieder.
about-one-request = E-Mails zu einer einzelnen Anfrage schalten Sie auf deren Seite ein und aus.
to-the-requests = Zu meinen Anfragen
access-mails-stay = E-Mails zu Ihrem Zugang lassen sich nicht abbestellen: Sie würden nicht merken, wann er endet.
links = Alle meine Links beenden
links-lead = Wenn einer Ihrer Links in andere Hände geraten ist, können Sie alle Links beenden, die Ihnen bisher geschickt wurden, auch den, der diese Seite geöffnet hat. Einen neuen können Sie sich sofort schicken lassen. Links, die E-Mails abbestellen, bleiben: Sie öffnen nichts.
end-links = Alle meine Links beenden
links-ended = Alle Ihre Links sind beendet. Hier können Sie sich einen neuen schicken lassen.
