### Pages that one link opens.

keep-to-yourself = The link that opened this page is yours: whoever has it can do what the page offers. Please do not pass it on.
accepted = You have access
    .says = A mail with your own link is on its way. You need no password.
# The next steps of somebody who is let in.
begin-new = Raise a request
begin-new-says = A question, a fault, something that you need.
begin-requests = See the requests
begin-requests-says = Yours, and those that are shared with your organisation.
begin-profile = Look at your profile
begin-profile-says = Your name, your language, your time zone, the mails that you want.
invitation-declined = You declined
    .says = You hear no more of this invitation. Nothing else was done.
kept = Your access stays
    .says = You have nothing more to do.
approved = You approved
    .says = Your answer is recorded, and whoever raised the request is told.
approval-declined = You declined
    .says = Your answer is recorded, and whoever raised the request is told.
mail-stopped = The e-mails are stopped
    .says =
        E-mails about your access still come: you would not notice when it ends.

        You can let the others come again: those about one request on the request's own page, all of them in your profile. For that, let us send you your link.
exception-allowed = The invitation is on its way
    .says = The person can accept or decline it from their mail.
exception-refused = The invitation is refused
    .says = It was not sent. Whoever asked for it is told.
released = The run goes on
    .says = The next run, within a quarter of an hour, carries it out. It looks at everybody again first: those who were active since then stay.
link-mailed = Check your mailbox
    .says =
        If we know this address, a mail with a link is on its way to it.

        Nothing after a few minutes? Check your spam folder, or try the address that you used before.
refused = That is not possible
foreign-form = Please try that again
    .says = The page had been open for too long, or the form did not come from it, so nothing was done. Open the page again and press its button.
from-elsewhere = This came from another site
    .says = The form was not sent from a page of this desk, so nothing was done. If you meant to send it, open the page itself and send it there.
over = This link no longer works
    .says = It was used before, it has expired, or a newer one has replaced it. Nothing was done just now.
over-expired = It expired on { $date }. Nothing was done just now.
over-replaced = It was ended, or a newer one has replaced it. Nothing was done just now.
over-accepted = You accepted this invitation on { $date }.
over-declined = You declined this invitation on { $date }.
over-kept = You already kept your access on { $date }.
over-kept-by = { $who } kept your access on { $date }.
over-allowed = You allowed this on { $date }.
over-allowed-by = { $who } allowed this on { $date }.
over-refused = You refused this on { $date }.
over-refused-by = { $who } refused this on { $date }.
instead = Go on as somebody else?
instead-lead = You are signed in as { $known }. This link is for { $other }.
instead-warning = If you go on, you are signed out first, and what you write from then on is written in the other name. If the link did not come from a mail to you, stay.
go-on = Go on as { $other }
stay = Stay signed in
renew = A new link
renew-button = Mail me a new link
not-found = There is nothing here
    .says = The address may be incomplete: some mail programs cut long links. Open the link from your mail again, or let us send you a new one.
no-session = This page needs your personal link
    .says = It is in the mails that you get from us and lets you in for an hour at a time. Open it again, or let us send you a new one.
too-large = That was too long
    .says = The form is larger than we can take, so nothing was done. Please write less.
not-a-form = We could not read that
    .says = Nothing was done. Open the page from your mail and press its button.
bad-reason = Your reason could not be saved
    .says = It is longer than 500 characters, or has invisible characters that change the direction of the text. Nothing was done. Go back and shorten it.
not-allowed = That is not possible here
    .says = Nothing was done. Open the page from your mail and press its button.
too-many = Please wait a little
    .says = Several links were asked for within a few minutes. Check your mailbox, or try again in a quarter of an hour.
unavailable = Please try again in a moment
    .says = Something on our side did not respond, so nothing was done. Your link still works, and what you typed is still there when you go back in your browser.
open-link-again = Back to the page
send-link = Send me my link
    .says = Enter your e-mail address. If we know it, we mail you a link to everything that is yours right away.
email = E-mail address
not-an-address = This is not an e-mail address. One looks like name@company.example.
send = Send me my link
note = Personal message
invited-address = For
answer-by = Answer by
access-ends = Access ends
accept = Accept
decline = Decline
no-answer = If you do nothing, you get at most one reminder, and then the invitation expires.
keep = Do you still need your access?
keep-not-needed = It is not about to end. You can still say that you need it.
keep-button = Keep my access
keep-or-not = If you no longer need it, you have nothing to do. Nothing that you wrote is deleted, and a lead of your organisation can let you in again.
exception = May this person be invited?
outside-domains = The address is outside the domains that the organisation may invite from.
no-free-seat = Every seat is taken at the moment: you can allow it once one is free.
person = Person
name-given = Name, as the inviter wrote it
role = Would be
no-end = on no date
seats-label = Seats
organization = Organisation
allowed-domains = Allowed domains
decide-by = Decide by
allow = Allow
refuse = Refuse
held = The inactivity sweep stopped
began = Began
would-lose = People each organisation would lose
release = Let this run go on
held-stays = If you do nothing, nobody is removed. Everybody concerned was warned and had the whole time that policy gives them.
stop-request = Stop e-mails about this request?
stop-request-lead = You get e-mails when somebody comments on it or its status changes.
stop-all = Stop all e-mails?
stop-all-lead = You get e-mails about the requests in which you take part.
stop = Stop these e-mails
access-mails-stay = E-mails about your access cannot be stopped: you would not notice when it ends.
request = Request
description = Description
details = Details
comments = Comments
no-comments = Nobody has commented yet.
older-comments = Older comments are not shown here.
from-desk = service desk
history = History
reported-late = reported late
approval = Do you approve?
approval-lead = Your approval is asked for this request.
your-answer = Your answer
why = Why
optional = optional
why-hint = Whoever raised the request reads it. At most 500 characters.
approve = Approve

## The rule that stands against it

refusal-seat-cap-reached = Every seat of the organisation is taken. As soon as one is free, you can try again.
refusal-unknown-approval = You are no longer asked for this approval.
refusal-limit-reached = The request takes no more text. Please answer with a shorter reason, or without one.
refusal-unknown-organization = There is no such organisation.
refusal-unknown-desk = There is no such desk.
refusal-unknown-request = There is no such request.
refusal-unknown-account = This person does not belong to the organisation.
refusal-unreadable = This could not be read.
refusal-request-exists = The request is recorded already.
refusal-access-denied = This is not allowed.
refusal-domain-not-allowed = The address is outside the organisation's domains.
refusal-daily-limit-reached = No more people can be invited today.
refusal-awaiting-approval = An administrator has been asked.
refusal-invalid-email = This is not an e-mail address of the form name@domain.
refusal-duplicate = The same person is in an earlier row.
refusal-date-in-the-past = The date has passed.
refusal-hand-over-to-not-a-member = The person who should take over has no access to the organisation.
refusal-last-lead = Every organisation needs a lead: name another one first.
refusal-not-possible-now = This is no longer possible: its time has passed, or it was answered in the meantime.
refusal-too-many-early-updates = Too many updates already wait for this request.
too-often-minutes =
    { $minutes ->
        [1] This would mail others, and too many mails were set off within a short time. It was not done: please try again in a minute.
       *[other] This would mail others, and too many mails were set off within a short time. It was not done: please try again in { $minutes } minutes.
    }
too-often-hours =
    { $hours ->
        [one] This would mail others, and too many mails were set off within a short time. It was not done: please try again in { $hours } hour.
       *[other] This would mail others, and too many mails were set off within a short time. It was not done: please try again in { $hours } hours.
    }

## Sentences with names

renew-lead = It goes to the address that this link was for, { $address }, if there is anything for it to open.
invitation = You are invited to { $org }
invites = You are invited to be a member of { $org }.
invites-by = { $inviter } invites you to be a member of { $org }.
invites-to-desk = You are invited to use { $desk } as a member of { $org }.
invites-to-desk-by = { $inviter } invites you to use { $desk } as a member of { $org }.
as-member = With it you can raise requests, follow them and see the answers, all without a password.
as-lead = As a lead you can raise requests and follow them, all without a password, and you look after which of your colleagues have access.
keep-lead = You have access as a member of { $org }.
keep-lead-at = You have access to { $desk } as a member of { $org }.
exception-lead = Somebody would be invited to { $org }.
exception-lead-by = { $inviter } asks to invite somebody to { $org }.
would-be-lead = a lead: sees everybody of the organisation, invites, and ends access
would-be-member = a member
seats = { $used } of { $cap } are taken
held-lead =
    { $count ->
        [one] It would have removed { $count } person, more than the limit. Nobody was removed.
       *[other] It would have removed { $count } people, more than the limit. Nobody was removed.
    }
answered-approved = You approved this request
answered-declined = You declined this request
