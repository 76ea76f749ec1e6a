### Lists of requests, and one request.

my-requests = My requests
new-request = New request
profile = Profile
which = Which requests
state = State
open = Open
closed = Closed
search = Search
search-hint = Words from the summary, or the key
desk = Desk
every-desk = Every desk
kind = Type
every-kind = Every type
organization = Organisation
show = Show
show-all = Show all of them
nothing-found = Nothing here matches your search.
no-organization = You are not in an organisation, so no requests are shared with you in this way.
older = Older requests
newest = Back to the newest
look-further = Look further
columns = Choose columns
columns-lead = Which columns your lists have, and in which order. What the request is about is always among them.
no-column = (none)
save = Save
back-to-list = Back to my requests
key = Request
first-key = Raised as
raised-by = Raised by
you = you
raised = Raised
resolution = Resolution
takes-part = Takes part
shared-with = Shared with
description = Description
details = Details
history = History
reported-late = reported late
comments = Comments
no-comments = Nobody has written anything yet.
from-desk = from the desk
older-comments = Show older comments
newest-comments = Back to the newest comments
your-comment = Your comment
comment-hint = The desk and everybody who follows this request read it. You can use **bold**, lists, `code` and links.
send-comment = Send comment
approval = Your approval is asked for
approval-lead = Please read the request, and say whether it should go ahead.
approvals = Approvals
answer-by = Answer by
why = Why (optional)
why-hint = Whoever raised the request, and the desk, read it.
approve = Approve
decline = Decline
waiting = Waiting for an answer
change-status = Change the status
change-status-lead = The desk leaves this to you. It is told, and so is everybody who follows the request.
share = Share
share-lead = Whoever you share it with reads all that you read here, and can comment.
colleague = A colleague's e-mail address
colleague-hint = Somebody who has access to your organisation here. They get an e-mail.
share-with-colleague = Share with colleague
mails = E-mails about this request
mails-on = You get an e-mail when somebody comments or the status changes.
mails-off = You get no e-mails about this request.
stop-mails = Stop these e-mails
resume-mails = Send me e-mails
stale-form = This page was open for too long, so nothing was sent. What you typed is still here: please send it once more.
not-an-address = This is not an e-mail address of the form name@domain.

## Sentences with values

moved-on = This request was moved and goes on as { $key }. You follow it as before.
moved-elsewhere = This request was moved to a place that this desk does not serve. It is { $key } there. What happens there is not shown here: please ask those who have it now.
nth-column = Column { $number }
decision-approved = Approved
decision-declined = Declined
share-with-organization = Share with everybody at { $name }

## Empty lists, and what to do about it

nothing-created-open = You have no open requests. When something does not work, or you need something, raise one.
nothing-created-closed = None of your requests is closed yet.
nothing-approvals-open = Nothing waits for your approval. When something does, you get an e-mail.
nothing-approvals-closed = A request that is closed waits for no approval.
nothing-shared-open = No open request is shared with your organisation. Whoever raised one can share it on its page.
nothing-shared-closed = No closed request is shared with your organisation.
nothing-taking-part-open = You take part in no open request. A colleague who shares one with you brings it here.
nothing-taking-part-closed = You take part in no closed request.

## Lists

aspect-created = Created by me
aspect-approvals = Waiting for my approval
aspect-shared = Shared with my organisation
aspect-taking-part = I take part

## Columns

column-summary = Summary
column-key = Key
column-status = Status
column-kind = Type
column-desk = Desk
column-reporter = Raised by
column-organization = Organisation
column-created = Raised
column-changed = Last changed

## What a form did

done-raised = Your request is with the desk. A mail with a link to it is on its way to you.
done-commented = Your comment is on its way to the desk and to all who follow.
done-shared = The request is shared.
done-status-changed = The status is changed, and the desk is told.
done-approved = You approved. The desk and whoever raised the request are told.
done-declined = You declined. The desk and whoever raised the request are told.
done-mails-on = E-mails about this request come from now on.
done-mails-off = No more e-mails about this request.
done-columns-chosen = Your lists have these columns from now on.
done-already = Nothing had to change: it was like that already.

## Why a form did nothing

refused-not-a-member = Nobody with this address has access to your organisation here. The lead of your organisation can invite them.
refused-limit-reached = As many people as possible see this request already. Share it with the organisation instead.
refused-not-possible-now = The request has changed in the meantime, so this is no longer possible. It is shown as it is now.
refused-unknown-approval = You are no longer asked for this approval.
refused-not-allowed = Only those who raised the request or take part in it can do this.

## What is wrong with a text

bad-text-empty = Please write something.
bad-text-too-long = This is longer than { $max } characters. Please shorten it.
bad-text-control = This has invisible characters, or marks that change the direction of text. Please remove them, or type it again.

## A request that was handed over, and one that is closed

handed-to-you = { $who } · yours since { $since }, handed over by { $by }
handed-to = { $who } · with { $to } since { $since }, handed over by { $by }
closed-opens = This request is closed.
closed-stays = This request is closed. Your comment reaches the desk, and the request stays closed.
send-and-open = Send and open again
send-and-leave-closed = Send, and leave it closed
done-commented-closed = Your comment is on its way. The request stays closed.
done-commented-and-opened = Your comment is on its way, and the request is open again.
refused-oneself = This is your own address: you take part already.
