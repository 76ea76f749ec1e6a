### Mails to those who look after other people's access: leads, administrators, inviters.

## Invitations

declined-subject = { $invitee } declined your invitation
declined-heading = An invitation was declined
declined-lead = { $invitee } does not want to join { $org }. The seat is free again.
declined-why = You get this mail because you sent the invitation.

exception-subject = Please decide: may { $org } invite { $invitee }?
exception-heading = An invitation waits for your decision
exception-lead = Somebody is to be invited to { $org } whom the organisation may not invite by itself.
exception-lead-by = { $inviter } wants to invite somebody to { $org } whom the organisation may not invite by itself.
exception-invitee = Invitee
exception-name = Name, as the inviter wrote it
exception-role = Would be
exception-role-lead = a lead: sees everybody of the organisation, invites, and ends access
exception-role-member = a member
exception-access-ends = Access ends
exception-no-end = on no date
exception-seats = Seats
exception-seats-taken = { $used } of { $cap } are taken
exception-organization = Organisation
exception-until = Decide by
exception-action = Allow or refuse
exception-note = The note to the invitee:
exception-rest = Until you decide, no invitation is sent and no seat is taken. If nobody decides in time, the invitation expires.
allowed-subject = { $invitee } can be invited to { $org }
allowed-heading = Your invitation was allowed
allowed-lead = An administrator of { $desk } allowed you to invite { $invitee } to { $org }. The invitation is on its way.

refused-subject = { $invitee } cannot be invited to { $org }
refused-heading = An invitation was refused
refused-lead = An administrator of { $desk } has refused to let { $invitee } into { $org }. No invitation was sent, and no seat was taken.
refused-why = You get this mail because you asked for the invitation.

## Members who come and go

joined-subject = { $member } joined { $org }
joined-heading = A colleague joined
joined-lead = { $member } raised a request with { $desk }. The address belongs to { $org }, so they are a member now and hold a seat.
joined-rest = If they should not have access, end it in your console.
no-seat-subject = { $member } raised a request, but { $org } has no free seat
no-seat-heading = A colleague found no free seat
no-seat-lead = { $member } raised a request with { $desk }. The address belongs to { $org }, but all seats are taken: they can follow that one request and are not a member.
no-seat-rest = To make them a member, free a seat in your console and invite them.

planned-subject = The access of { $member } ends on { $day }
planned-heading = A member's access is going to end
planned-lead = { $member } has access to { $desk } as a member of { $org } until { $day }. Until then nothing changes.
planned-ends = Ends
off-boarded-subject = { $member } is no longer a member of { $org }
off-boarded-heading = A member's access has ended
off-boarded-lead = { $member } no longer has access to { $desk } as a member of { $org }, and the seat is free.
off-boarded-ended = Ended
off-boarded-no-requests = There are no open requests at the moment.
off-boarded-handed-over = Open requests go to the colleague named below.
off-boarded-to-hand-over = Somebody should take over what is still open. In your console you can choose who.
off-boarded-member = Member
off-boarded-reason = Reason
reason-left = has left the organisation
reason-not-needed = no longer needs access
reason-lead = a lead ended it
reason-policy = a rule of the organisation
reason-inactive = not used for a long time
reason-expired = given until a date
off-boarded-open-requests = Open requests
off-boarded-heir = Handed over to

leaver-subject = { $member } left { $org } and still raised a request
leaver-heading = Somebody who left raised a request
leaver-lead = { $member } no longer has access to { $desk } for { $org }, but a request from that address came in through another system. It was recorded, and no link was sent to them.
leaver-check = Please check which systems still let them in.
leaver-why = You get this mail because you look after who has access to { $desk } for { $org }.

## Mail that does not arrive

bounced-subject = Mail no longer reaches { $member }
bounced-heading = Mail no longer reaches a colleague
bounced-lead = The mail system of { $member } has refused our mail for good. Often the mailbox is gone because its owner has left.
bounced-listed = The mail system of { $desk } sends nothing to { $member }, because mail to this address came back before.
bounced-asked-instead = { $desk } sends nothing more to this address. Nobody is removed for not answering a mail that cannot arrive: you are asked instead.
bounced-rest = If they have left { $org }, please end their access. If the mailbox works again, say so on their page.
complaint-subject = Our mail to { $member } was reported as spam
complaint-heading = Our mail to a colleague was reported as spam
complaint-lead = Our mail to { $member } was reported as spam. { $desk } sends no more mail about requests to this address, and for a month no invitation and no link. Mail about access still goes there.
complaint-rest = If they have left { $org }, please end their access. Otherwise you have nothing to do: they can take it back in their profile.

unreachable-subject =
    { $count ->
        [one] { $org }: mail does not reach a quiet colleague
       *[other] { $org }: mail does not reach quiet colleagues
    }
unreachable-heading = Is access still needed here?
unreachable-lead = These members of { $org } have not used { $desk } for a long time. Mail to them does not arrive, so they could not be asked whether they still need access. Nobody is removed for that:
unreachable-rest-lead = Please ask them in another way. If they have left, end their access. If their mailbox works again, say so on their page.
unreachable-rest-administrator = Mail reaches no lead of { $org } either. Please find out whether these people are still there. Access ends by a person of the organisation, by your personnel system, or by the operator; an address to which mail works again is released by the operator.
unreachable-again = This mail comes again in a month as long as it is so.

## Who still belongs

review-subject = Who at { $org } still needs access to { $desk }?
review-heading = Who still needs access?
review-lead = Please look through the people of { $org } who have access to { $desk }, and say of each whether they still need it.
review-people = People to look at
review-last = Last review
review-action = Begin the review
review-rest = Each answer is saved as you give it, so you can stop and go on later. Nobody is removed because nobody answered.
review-why =
    { $days ->
        [1] You get this mail because you are a lead of { $org }, and leads are asked every day.
       *[other] You get this mail because you are a lead of { $org }, and leads are asked every { $days } days.
    }

digest-subject =
    { $count ->
        [one] { $count } person in { $org } lost access after a long silence
       *[other] { $count } people in { $org } lost access after a long silence
    }
digest-heading =
    { $count ->
        [one] Access ended for { $count } person
       *[other] Access ended for { $count } people
    }
digest-lead =
    { $count ->
        [1] This member of { $org } had not used { $desk } for a long time, was asked whether access is still needed, and did not answer:
       *[other] These members of { $org } had not used { $desk } for a long time, were asked whether access is still needed, and did not answer:
    }
digest-more = And { $count } more, listed in your console.
digest-rest = If somebody should stay, restore them in your console.

## To administrators

vacant-subject = Nobody leads { $org }
vacant-heading = { $org } needs a lead
vacant-lead = Nobody leads { $org } whom mail reaches. Nobody there can invite, keep or remove people. As long as this lasts, nobody is removed for inactivity, and the review of its people stands still.
vacant-nobody = No other member has access whom mail reaches.
vacant-ask = These members could be asked, the most active first:
vacant-last-active = last active { $date }
vacant-not-active = not active yet
vacant-more = And { $count } more.
vacant-since = Since
vacant-rest = To make somebody the lead, name them in the world file and apply it. If nobody is left, please decide whether { $org } still needs access.
vacant-again = This mail comes again in a week as long as it is so.

last-lead-subject = { $org } is about to be without a lead
last-lead-heading = The last lead of { $org } has gone quiet
last-lead-lead = { $lead } is the only lead of { $org } and would have lost access after a long silence. Nothing was changed, because nobody else looks after its people.
last-lead-check = Please find out whether they are still there, or make somebody else a lead.

held-subject =
    { $count ->
        [one] Please decide: { $count } person would lose access at once
       *[other] Please decide: { $count } people would lose access at once
    }
held-heading = A sweep was stopped
held-lead = The inactivity sweep would have removed more people in one run than it may without the consent of an administrator. Nobody was removed.
held-where = Where they are:
held-run = Run
held-would-lose = People who would lose access
held-limit = Allowed in one run
held-action = Look at the run and decide
held-rest = Opening the page releases nothing: you do that there. If you do nothing, nobody is removed.

token-subject = { $desk }: the token for Jira ends soon
token-heading = The token for Jira ends soon
token-lead = { $desk } calls Jira with the API token of an account. This token ends soon. Without another one nothing more is written there: what people do here waits, and nothing of it is lost.
token-until = It ends
token-rest = Please make a new token for the same account and run: lanyard desk connect { $id }

burst-subject = Too much at once: { $who }
burst-heading = Somebody did too much at once
burst-lead = { $who } did more within a short time than one person may: each of these acts would have mailed others.
burst-lead-of = { $who }, who leads { $org }, did more within a short time than one person may: each of these acts would have mailed others.
burst-told = What they did up to then stands. What came after was not done, and they were told so. You hear of this once a day for each person.
burst-again = They can go on from
