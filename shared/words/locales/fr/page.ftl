### Le cadre de chaque page.

# Saute tout ce qui précède le contenu de la page.
skip = Aller au contenu
# Le nom des onglets, pour les personnes qui écoutent la page.
pages = Pages
languages = Langues
# Précède une adresse.
signed-in-as = Connecté(e) en tant que
sign-out = Se déconnecter
signed-out = Vous êtes déconnecté(e) dans ce navigateur. Vos liens restent valables : chacun d’eux vous permet de revenir.
# Précède une adresse.
link-of = Cette page est destinée à
# Stands before the window's name when a form came back.
error = Erreur
# The heading above the mistakes in a form.
problem = Il y a un problème
