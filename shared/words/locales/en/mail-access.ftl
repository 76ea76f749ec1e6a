### Mails about the reader's own access.

## An invitation, and its one reminder

invitation-subject = You are invited to { $org }
invitation-subject-by = { $inviter } invites you to { $org }
invitation-heading = You are invited to { $org }
invitation-lead = You are invited to use { $desk } as a member of { $org }.
invitation-lead-by = { $inviter } invites you to use { $desk } as a member of { $org }.
invitation-note = A personal message:
invitation-rest = If you decline, you hear no more of it. If you do nothing, you get at most one reminder, and then the invitation expires.
invitation-for-lead = As a lead you can raise requests and follow them, all without a password, and you look after which of your colleagues have access.
invitation-for-member = With it you can raise requests, follow them and see the answers, all without a password.
invitation-until = Access would end
invitation-action = Accept or decline
invitation-why = You get this mail because you were invited with this address.
invitation-why-by = You get this mail because { $inviter } invited you with this address.
reminder-subject = Reminder: your invitation to { $org } expires on { $day }
reminder-heading = Your invitation to { $org } is still open
reminder-lead = You were invited to use { $desk } as a member of { $org }. You have not answered yet.
reminder-lead-by = { $inviter } invited you to use { $desk } as a member of { $org }. You have not answered yet.
reminder-note = The personal message with it:
reminder-rest = This is the only reminder. If you do nothing, the invitation expires and you hear no more of it.

## Access has begun

welcome-subject = You now have access to { $desk }
welcome-heading = Welcome
welcome-lead-for-lead = You are a lead of { $org } now. In your console you see who of your colleagues has access to { $desk }, invite others, and end the access of those who left.
welcome-lead-for-member = You are a member of { $org } now and can raise requests with { $desk }.
welcome-rest = You need no password. The pages can always mail you a new link.
welcome-why = You get this mail because your access has begun.

## Access ends for lack of use: the warning, and its reminder

inactivity-subject = Do you still need access to { $desk }? It ends on { $day }
inactivity-heading = Do you still need your access?
inactivity-lead =
    { $days ->
        [one] You have not used { $desk } for { $days } day or more, so your access as a member of { $org } is about to end.
       *[other] You have not used { $desk } for { $days } days or more, so your access as a member of { $org } is about to end.
    }
inactivity-how = If you still need it, open the page below and press its one button. You need no password.
inactivity-action = Keep my access
inactivity-rest = If you no longer need it, you have nothing to do. Nothing that you wrote is deleted, and a lead of { $org } can let you in again.
inactivity-reminder-subject = Reminder: your access to { $desk } ends on { $day }
inactivity-reminder-heading = Your access is about to end
inactivity-reminder-lead = We asked whether you still need your access to { $desk } as a member of { $org }, and have not heard from you.

## Access ends on its date

ending-subject = Your access to { $desk } ends on { $day }
ending-heading = Your access has an end date
ending-lead = Your access to { $desk } as a member of { $org } was given until a certain day, and that day is near.
ending-rest = If you need it for longer, please ask a lead of { $org } before then.

## Access has ended

ended-subject = Your access to { $desk } has ended
ended-heading = Your access has ended
ended-lead = You are no longer a member of { $org } at { $desk }, and the links that you were mailed no longer open anything.
ended-inactive = The reason: you had not used your access for a long time, and nobody asked to keep it.
ended-expired = The reason: your access was given until a certain day, and that day has passed.
ended-left = The reason: we were told that you have left { $org }.
ended-not-needed = The reason: we were told that you no longer need it.
ended-lead-did = The reason: a lead of { $org } ended it.
ended-policy = The reason: a rule that { $org } has agreed with { $desk }.
ended-rest = If this is a mistake, please ask a lead of { $org }: for a while your access can be restored as it was.
ended-action = Ask { $who } for access
ended-why = You get this mail because you had access to { $desk }.

## The reader's own link

link-subject-console = Your link to the console
link-subject-console-of = Your link to the console of { $org }
link-subject-requests = Your link to your requests
link-subject-several = Your links
link-heading = Here is your link
link-heading-several = Here are your links
link-lead-console = It opens your console: who has access to { $desk }, when each was last active, and what you can change.
link-lead-console-of = It opens the console of { $org }: who has access to { $desk }, when each was last active, and what you can change.
link-lead-requests = It opens the list of your requests with { $desk }.
link-lead-several = The first opens the list of your requests with { $desk }.
link-consoles = You also look after who has access. These links open your consoles:
link-rest = If you did not expect this mail, you can ignore it: the link came to you alone.
link-why = You get this mail because your link was asked for, by you or by { $desk }.

## A request that waits for its reporter's yes

confirm-subject = Please confirm your request to { $desk }
confirm-heading = Please confirm your request
confirm-lead = A request to { $desk } was filled in on a form, and your address was given with it. Before the request counts, please confirm that it is yours.
confirm-begins = It begins
confirm-until = Confirm by
confirm-action = Look at it and confirm
confirm-rest = Opening the page confirms nothing: you do that there.
confirm-or-not = If you did not write it, you have nothing to do. Without your yes nobody reads it, and it is deleted.
confirm-why = You get this mail because your address was given with a request.
