### What several mails say alike.

## Buttons and facts

open-console = Open your console
open-request = Open the request
open-requests = Open your requests
labelled = { $label }:
request = Request
summary = Summary
answer-by = Answer by
access-ends = Your access ends
undo-until = Can be undone until
shortened = (Shortened here.)
reason-given = The reason given:
not-added = A reply to this mail is not added to the request.

## Why somebody gets a mail

why-access = You get this mail because you have access to { $desk }.
why-administrator = You get this mail because you administer { $desk }.
why-follower = You get this mail because you follow this request.
why-inbox = You get this mail because this address is the inbox of { $desk }.
why-lead = You get this mail because you are a lead of { $org }.

## The foot

stop-request = Stop the mails about this request
stop-all = Stop all mails about requests
access-mails-stay = Mails about your own access cannot be stopped: there are few, and without them it could change without your knowing.
care-mails-stay = Mails about other people's access cannot be stopped. They go to whoever looks after it, and end when that is no longer you.
desk-mails-stay = Mails to a desk cannot be stopped here: they tell it what people do on their pages. Where they go is said where the desk is described.
unconfirmed-mail-stays = This mail cannot be stopped, and no other follows it unless you confirm.
links-lead-to = The links lead to { $host }. They work without a password and are meant for you alone, so please do not pass this mail on.
