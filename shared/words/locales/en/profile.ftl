### The profile of a person.

title = Your profile
of = For
name = Name
name-hint = How others see you on requests.
wrong-name = Please write your own name: at most 200 characters, with letters, without an address, and not the name of a desk or a service.
language = Language
as-the-browser = As my browser asks for
zone = Time zone
zone-hint = Times are shown in it, for example Europe/Berlin. Without one, we use that of your browser or your organisation.
wrong-zone = There is no such time zone. One is named by region and city, such as Europe/Berlin. Nothing was saved.
save = Save
saved = Your profile is saved.
mails = E-mails
mails-on = You get e-mails about the requests in which you take part.
mails-off = You get no e-mails about requests.
stop = Stop all of them
resume = Let them come again
stopped = The e-mails about requests are stopped.
resumed = The e-mails about requests come again.
about-one-request = The e-mails about a single request are switched on and off on its page.
to-the-requests = To my requests
access-mails-stay = E-mails about your access cannot be stopped: you would not notice when it ends.
links = End all my links
links-lead = If a link of yours has come into other hands, you can end every link that was mailed to you before, the one that opened this page among them. You can have a new one mailed at once. Links that stop e-mails stay: they open nothing.
end-links = End all my links
links-ended = All your links are ended. Here you can have a new one mailed.
