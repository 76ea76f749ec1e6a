### The lead's console.

people = People
invite = Invite
invite-many = Invite many
review = Review
history = History
person = Person
name = Name
email = E-mail address
role = Role
lead = Lead
member = Member
you = You
state = State
last-active = Last active
never = not yet
invited-by = Invited by
administrator = the service desk
system = a connected system
system-named = the system “{ $source }”
mail-system = the mail system
automatic = the automatic check
since = Since
until = until
answer-by = Answer by
access-ends = Access ends
quiet-until = Removed if quiet until
undo-until = Can be undone until
no-mail = Mail does not arrive
mail-works = Mail to this address works again
mail-works-hint = Try it when the mailbox was mended. If mail comes back once more, you are told.
exempt = Is never removed for inactivity.
no-seat = Every seat is taken. Somebody has to leave before anybody else can be invited.
search = Name or address
everybody = Everybody
show = Show
order = Order
apply = Apply
nobody-found = Nobody matches.
show-all = Show everybody
csv = Download as CSV
other-pages = Other pages
previous = Previous page
next = Next page
review-waits = You are asked who of these people still belongs.
to-review = Answer the review
what-now = What can be done
nothing-to-do = Nothing can be done here any more. An invitation lets this person in again.
off-board = Off-board
restore = Undo the off-boarding
restore-hint = Access comes back and takes a seat. Requests that were handed over and are still open come back, too. Links from before stay dead; a new one is mailed.
resend = Send the invitation again
resend-hint = The time to answer starts again.
withdraw = Withdraw the invitation
withdraw-hint = The link in its mail ends, and the seat is free again.
keep = Keep access
keep-hint = You say that access is still wanted. A warning is void.
cancel-leaving = Cancel the leaving
make-lead = Make a lead
make-lead-hint = A lead looks after the people here, as you do.
make-member = End the lead's role
make-member-hint = Access stays. The link to this console ends.
step-down = Step down as lead
step-down-hint = You keep your access. This console closes at once.
make-exempt = Never remove for inactivity
make-exempt-hint = For people who are away for a good reason. No warning is sent, and access stays.
make-not-exempt = Let inactivity count again
make-not-exempt-hint = People who are inactive for a long time are warned, and then removed.
last-lead = You are the only lead. Make somebody else a lead before you leave or step down.
last-day = Last day
set-date = Set
invite-again = Invite again
back-to-people = Back to the people
stepped-down = You are no lead any more
    .says = Your own access stays. This console is closed to you, and its links have ended.
gone = You have no access any more
    .says = You ended your own access. Another lead can undo this.
what-happens = What will happen
when = When
now = Now
on-a-date = On a date
date-hint = Access ends when this day is over.
why = Why
why-left = They left the organisation
why-not-needed = They need no access any more
why-lead = Another reason
hand-over = Who takes over open requests
hand-over-hint = They go to this person as soon as access ends.
cancel = Cancel
optional = optional
access-until = Last day of access
access-until-hint = Access ends by itself when this day is over. Leave it empty for access without an end.
note = Personal message
note-hint = It is part of the invitation mail.
send-invitation = Send the invitation
many-lead = Upload or paste a list of up to 1,000 people. You see what happens to each row before anybody is invited.
file = File
file-hint = CSV as Excel and others save it, up to 1 MiB: one person a row, with an e-mail address and, if you like, a name.
paste = Or paste the list
paste-hint = One person a line, or cells copied from a spreadsheet.
preview = Check the list
preview-none = Nobody of this list would be invited. The rows say why.
working-lead = What is done stays done. Go on for the rest.
report-title = The list is done
go-on = Go on
another-list = Use another list
from-file = File
from-column = The addresses are from column
row = Row
result = Result
rows = The rows
review-lead = Say of each colleague whether they keep their access. Each answer is kept at once; you can go on another day.
review-nothing = There is nobody to confirm now.
review-finished = The last review was finished
review-next = You are asked again
keep-one = Keep
remove-one = Remove
answer = Answer
nothing-happened = Nothing happened this month.
nothing-matches = No entry of this month matches.
everything = Everything
show-everything = Show everything
topic = About
topic-invitations = Invitations
topic-access = Access
topic-roles = Leads and exemptions
topic-requests = Requests
topic-mail = Mail and links
by = Done by
by-people = People
by-systems = Other systems
by-itself = Nobody: it happens by itself
whole-history = The whole history
older = Older entries
earlier-month = The month before
later-month = The month after

## Sentences with values

stopped-bounce = Mail to this address came back. Nothing more is sent there, and nobody is removed for not answering.
stopped-listed = The mail system sends nothing to this address, and nobody is removed for not answering.
stopped-complaint = Mail to this address was reported as spam. Mail about requests is not sent there, mail about access is. Its reader can take that back in their profile, or ask the service desk.
people-of = People of { $org }
seats = { $used } of { $cap } seats used
found =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
page = Page { $page } of { $pages }
off-board-who = Off-board { $who }
invite-title = Invite somebody to { $org }
domains = Addresses in: { $domains }
left-today =
    { $count ->
        [one] { $count } more person can be invited today.
       *[other] { $count } more people can be invited today.
    }
review-of = Who still belongs to { $org }?
review-progress = { $done } of { $of } answered
keep-all = Keep all { $count } shown here
history-of = History of { $org }
many-warned = { $count } people were warned about being inactive
many-reminded = { $count } people were reminded that access ends
many-reminded-of-invitation = { $count } people were reminded of the invitation

## A list of people to invite

preview-title =
    { $rows ->
        [one] Check the list: { $rows } row
       *[other] Check the list: { $rows } rows
    }
preview-lead =
    { $count ->
        [one] { $count } person would be invited. Nobody has been yet.
       *[other] { $count } people would be invited. Nobody has been yet.
    }
working-title = { $done } of { $of } rows done
report-lead =
    { $count ->
        [one] { $count } person was invited, of { $rows } rows.
       *[other] { $count } people were invited, of { $rows } rows.
    }
start =
    { $count ->
        [one] Invite { $count } person
       *[other] Invite { $count } people
    }
try-again =
    { $rows ->
        [one] Try { $rows } refused row again
       *[other] Try { $rows } refused rows again
    }
would-be-invited = would be invited
would-be-asked = an administrator would be asked

## The consequences of off-boarding

happens-access = Access ends, all their links die, and the seat is free again.
happens-requests =
    { $count ->
        [0] They have no open requests here.
        [one] They have { $count } open request here.
       *[other] They have { $count } open requests here.
    }
happens-undo = Done now, it can be undone until { $date }.
happens-return = No domain rule lets them back in by itself, only an invitation.

## How somebody stands

kind-active = Has access
kind-warned = Inactive, warned
kind-leaving = Access ends on a date
kind-invited = Invited
kind-proposed = Waits for an administrator
kind-off-boarded = Off-boarded
kind-closed = Expired or declined
left-on = Left on { $date }
ended-on = Access ended on { $date }: { $why }

## Why somebody has no access any more

left-left = left the organisation
left-not-needed = needs no access any more
left-lead = a lead ended access
left-policy = a policy ended access
left-inactive = was inactive for too long
left-expired = access ended on its date

## Why an invitation came to nothing

closed-declined = Invitation declined
closed-withdrawn = Invitation withdrawn
closed-expired = Invitation expired
closed-refused = Invitation refused by the service desk

## Orders of the list of people

ordered-name = By name
ordered-silent = Longest inactive first
ordered-recent = Last active first
ordered-newest = Last changed first
ordered-invited-by = By who invited them

## What a row of a list came to

became-invited = invited
became-asked = an administrator is asked
became-already-here = is here already
became-duplicate = is in an earlier row
became-malformed = not an e-mail address
became-outside = outside your domains
became-over-cap = no seat is free
became-daily-limit = over today's limit
became-other = not possible now

## Entries of the history

happened-member-invited = { $actor } invited { $subject }
happened-exception-asked = { $actor } asked the administrators to let { $subject } be invited
happened-exception-refused = { $actor } refused to let { $subject } be invited
happened-invitation-reminded = { $subject } was reminded of the invitation
happened-invitation-resent = { $actor } sent { $subject } the invitation again
happened-invitation-accepted = { $subject } accepted the invitation
happened-invitation-declined = { $subject } declined the invitation
happened-invitation-withdrawn = { $actor } withdrew the invitation of { $subject }
happened-invitation-expired = The invitation of { $subject } expired
happened-member-joined = { $subject } joined by raising a request
happened-member-warned = { $subject } was warned about being inactive
happened-member-reminded = { $subject } was reminded that access ends
happened-member-kept = { $actor } kept the access of { $subject }
happened-member-offboarded = { $actor } off-boarded { $subject }
happened-offboarding-scheduled = { $actor } planned the leaving of { $subject }
happened-offboarding-cancelled = { $actor } cancelled the leaving of { $subject }
happened-member-restored = { $actor } undid the off-boarding of { $subject }
happened-record-reduced = What was kept of { $subject } was reduced
happened-access-extended = { $actor } moved the end of access of { $subject }
happened-role-changed = { $actor } changed the role of { $subject }
happened-lead-appointed = { $actor } named { $subject } a lead
happened-review-asked = The leads were asked who still belongs
happened-review-finished = { $actor } finished the review
happened-exemption-changed = { $actor } changed whether { $subject } can be removed for inactivity
happened-request-created = { $actor } raised { $subject }
happened-request-moved = { $actor } moved { $subject }
happened-request-commented = { $actor } commented on { $subject }
happened-request-transitioned = { $actor } changed the status of { $subject }
happened-late-status-noted = { $actor } told an older status of { $subject }
happened-request-shared = { $actor } shared { $subject }
happened-approval-requested = { $actor } asked for an approval of { $subject }
happened-approval-answered = { $actor } answered an approval of { $subject }
happened-request-closed = { $actor } closed { $subject }
happened-request-handed-over = { $subject } was handed over
happened-update-kept = { $actor } told something of { $subject } before it was known
happened-update-abandoned = { $subject } never came; what was told of it was put aside
happened-mail-stopped = { $subject } stopped mails
happened-mail-resumed = { $subject } wants mails again
happened-address-suppressed = Mail to { $subject } was stopped
happened-suppression-lifted = Mail to { $subject } is sent again
happened-organization-vacant = Nobody leads the organisation whom mail reaches; the administrators were asked
happened-vacancy-ended = Somebody leads the organisation again
happened-profile-changed = { $subject } changed their profile
happened-account-disputed = An account of { $subject } came with another address, too
happened-account-rebound = An account of { $subject } turned out to be another's
happened-account-forgotten = { $actor } forgot an account of { $subject }
happened-links-ended = { $subject } ended all their links
happened-sweep-held = A sweep stopped and asked
happened-sweep-released = { $actor } let a sweep go on

## Why an entry of the history came about

rule-address-outside = the address is outside the allowed domains
rule-exception-allowed = the service desk allowed the exception
rule-lead-kept = a lead says that access is still needed
rule-said-from-mail = said so from the mail
rule-ends-never = access has no end
rule-ends-at = access ends: { $date }
rule-ends-because = { $why }; access ends: { $date }
rule-leads-now = is a lead from now on
rule-leads-no-more = is no longer a lead
rule-never-removed = is never removed for inactivity
rule-removed-again = inactivity counts again
rule-unreached = mail did not arrive after the warning
rule-active-again = was active after the warning
rule-invitee-silent = there was no answer in time
rule-administrators-silent = the service desk did not answer in time
rule-from-domain = from a domain of the organisation
rule-quiet-for =
    { $days ->
        [one] no activity for { $days } day
       *[other] no activity for { $days } days
    }

## What a form did

done-invited = Invitation sent to { $who }.
done-asked = { $who } is outside your domains. An administrator has been asked.
done-already-here = { $who } has access or was invited already. Nothing was done.
done-resent = The invitation was sent to { $who } again.
done-withdrawn = The invitation of { $who } is withdrawn.
done-off-boarded = The access of { $who } has ended.
done-planned = The end of access of { $who } is planned.
done-leaving-cancelled = { $who } stays. Access has no end any more.
done-restored = { $who } has access again.
done-kept = { $who } keeps access.
done-extended = The end of access of { $who } is set.
done-no-end = The access of { $who } has no end any more.
done-now-lead = { $who } is a lead now.
done-now-member = { $who } is no lead any more.
done-now-exempt = { $who } is never removed for inactivity.
done-not-exempt = Inactivity counts again for { $who }.
done-mail-works = Mail is sent to { $who } again.
done-confirmed = Your answer is kept.
done-same-list = You uploaded this list before. Nothing was done twice.
done-unchanged = Nothing had to change: it was like that already.

## Why a form did nothing

refused-seat-cap-reached = Every seat is taken. Off-board somebody first.
refused-domain-not-allowed = The address is outside the domains of your organisation.
refused-daily-limit-reached = No more people can be invited today. Try again tomorrow.
refused-awaiting-approval = An administrator has been asked already.
refused-date-in-the-past = The date has passed.
refused-hand-over-to-not-a-member = This person cannot take over: they have no access here, or they are the one who leaves.
refused-last-lead = The last lead cannot go. Make somebody else a lead first.
refused-limit-reached = This was tried a short while ago. Try again tomorrow.
refused-not-a-member = This person no longer has access: somebody else has ended it in the meantime.
refused-invalid-email = This is not an e-mail address of the form name@domain.
refused-otherwise = This is no longer possible: somebody else has changed it in the meantime, or its time has passed.

## What is wrong with a field

wrong-email = Enter an e-mail address of the form name@domain.
wrong-name = A name is a person's: at most 200 characters, with letters, without an address, and not the name of a desk or a service.
wrong-note = A personal message has at most 2,000 characters, and no marks that reorder text.
wrong-date = Enter a date.
wrong-past-date = The date has passed. Enter a later one.
wrong-no-list = Choose a file, or paste a list.
wrong-two-lists = Choose a file or paste a list, not both.
wrong-no-address = No e-mail address was found in the list.
wrong-no-column = No column of the list is named as the people’s own e-mail address. Name it “Email”.
wrong-too-many-rows = The list has more than 1,000 rows. Cut it in two.
wrong-too-large = The list is larger than 1 MiB. Cut it in two.
wrong-stale = This page had been open for too long, or was opened elsewhere. Nothing was done yet: please look at what you filled in and send it again.

## Off-boarding, step by step, and roles

undo = Undo
danger = With care
off-board-hint = Access ends, now or on a date. You see first what happens.
no-end = Remove the end
no-end-now = Never
change-end = Change
open-requests = Their open requests
hand-over-nobody = Nobody: they stay open under the leaver’s name
somebody-else = Or the address of somebody else
end-access-now = End access now
plan-the-end = Plan the end
lead-is-mailed = A mail brings them the link to this console.
step-down-no-way-back = You cannot take this back yourself. Another lead can make you a lead again.
wrong-date-and-now = You gave a last day: access will end when it is over. To end access now, choose “Now” and leave the day empty.
see-person = See { $who }
confirm-off-board = End the access of { $who } now?
confirm-lead = Make { $who } a lead?
confirm-member = End the role of { $who } as a lead?
confirm-step-down = Step down as a lead of { $org }?
lead-may = A lead invites people to { $org }, ends their access, and names and removes other leads, as you do.
happens-lead = They lead { $org }. That role ends, too.
requests-go =
    { $count ->
        [one] { $count } open request goes to { $to }.
       *[other] { $count } open requests go to { $to }.
    }
requests-stay =
    { $count ->
        [one] { $count } open request stays under their name, and nobody else can open it.
       *[other] { $count } open requests stay under their name, and nobody else can open them.
    }
requests-went =
    { $count ->
        [one] { $count } open request now belongs to { $to }.
       *[other] { $count } open requests now belong to { $to }.
    }
