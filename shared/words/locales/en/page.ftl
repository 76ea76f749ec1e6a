### The frame of every page.

# Jumps over everything before the page's content.
skip = Go to the content
# The name of the tabs, for those who hear the page.
pages = Pages
languages = Languages
# Stands before an address.
signed-in-as = Signed in as
sign-out = Sign out
signed-out = You are signed out in this browser. Your links stay good: any of them lets you in again.
# Stands before an address.
link-of = This page is for
# Stands before the window's name when a form came back.
error = Error
# The heading above the mistakes in a form.
problem = There is a problem
