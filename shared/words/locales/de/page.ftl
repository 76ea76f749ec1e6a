### Der Rahmen jeder Seite.

# Springt über alles vor dem Inhalt der Seite.
skip = Zum Inhalt
# Der Name der Reiter, für alle, die die Seite hören.
pages = Seiten
languages = Sprachen
# Steht vor einer Adresse.
signed-in-as = Angemeldet als
sign-out = Abmelden
signed-out = Sie sind in diesem Browser abgemeldet. Ihre Links gelten weiter: Mit jedem kommen Sie wieder herein.
# Steht vor einer Adresse.
link-of = Diese Seite ist für
# Stands before the window's name when a form came back.
error = Fehler
# The heading above the mistakes in a form.
problem = Es gibt ein Problem
