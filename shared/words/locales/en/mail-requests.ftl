### Mails about a request. Their subject is its key and its summary.

received-heading = We have your request
received-lead = { $desk } has recorded your request and writes to you when something changes.
received-action = Follow your request
received-quote = You wrote:
received-why = You get this mail because this request was raised from your address.

shared-heading = You can follow this request
shared-lead = A request that { $reporter } raised with { $desk } was shared with you. You can read it and add comments.
shared-why = You get this mail because you were added to this request.

commented-heading = { $author } wrote a comment
commented-heading-desk = { $author } (of { $desk }) wrote a comment
commented-heading-customer = { $author } (a customer) wrote a comment
commented-heading-colleague = { $author } (a customer, { $email }) wrote a comment
commented-action = Read and answer
commented-rest = Please answer on the page that opens: a reply to this mail is not added to the request.

status = Status
waiting-subject = Your answer is needed: { $summary }
status-heading-new = This request is in the queue
status-heading-in-progress = This request is being worked on
status-heading-waiting = An answer is needed
status-heading-done = This request is done
status-lead-new = Nobody is working on it at the moment. You hear from us when somebody begins.
status-lead-in-progress = There is nothing you need to do.
status-lead-waiting = { $desk } is waiting for an answer from your side. Please give it on the page that opens: a reply to this mail is not added to the request.
status-action-waiting = Answer

closed-heading = This request is closed
closed-result = Result
still-missing = If something is still missing, please say so in a comment.

moved-heading = This request was moved
moved-lead = It goes on as { $now }. You follow it as before: your links still lead to it, and its mails keep the number { $first }, so that they stay together.
moved-lead-elsewhere = It is { $now } now, in a place that { $desk } does not serve. What happens there is neither shown here nor mailed to you: please ask those who have it now. Here it is closed.
moved-now = Number now
moved-first = Number before

approval-subject = Please approve or decline: { $summary }
approval-heading = Your approval is needed
approval-lead = { $reporter } raised this request with { $desk }. It needs a yes or a no from you.
approval-action = Read and decide
approval-rest = Opening the page decides nothing: you approve or decline there.
approval-why = You get this mail because you were named as an approver of this request.

approved-heading = Your request was approved
declined-heading = Your request was declined
approved-by = { $who } has approved it.
declined-by = { $who } has declined it.
answered-why = You get this mail because you raised this request.

handed-over-heading = This request is yours now
handed-over-lead = { $who } no longer has access to { $desk }, and this open request was handed over to you. You see everything that was said so far, and { $desk } writes to you from now on.
handed-over-why = You get this mail because this request was handed over to you.

## To a desk, about what somebody did on the pages

raised-heading = A new request
raised-lead = { $who } raised this request on the pages.
raised-type = Type
raised-description = Description:
raised-more = Answers that are not repeated here: { $count }
wrote-heading = A comment from the requester's side
wrote-lead = { $who } wrote:
changed-heading = The requester's side changed the status
changed-lead = { $who } set the status to “{ $status }”.
shared-on-heading = The request was shared
shared-with-person = { $who } shared it with { $email }.
shared-with-organization = { $who } shared it with everybody in { $org }.
decided-heading = An approval was answered
