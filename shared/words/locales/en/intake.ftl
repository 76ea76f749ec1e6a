### New requests: desks, forms, confirmation.

title = New request
lead = Who can help?
no-desks = No desk takes requests here
    .says = No desk takes requests from you in this way. If you have access, open the link to your requests first: it is in every mail that you got from us.
send-link = Send me my link
kinds = What do you need?
announcements = Good to know
further = Other
all-desks = All desks
email = Your e-mail address
email-help = We send your request once you confirm it from the e-mail that we send there.
name = Your name
organization = For which organisation?
choose = Please choose
summary = What is it about, in one line?
summary-help = It is the subject of every mail about your request.
optional = optional
date-help = Day, month and year, such as 31.12.2026.
person-help = A name or an e-mail address.
trap = Please leave this empty
send = Send the request
send-to-confirm = Send, and get the link to confirm
foreign = This page had been open for too long, or was opened elsewhere. Nothing was sent yet: please look at what you wrote and send it again.
waiting = Check your mailbox
    .says =
        We have mailed you a link. We send your request once you open it and confirm. You have 48 hours.

        No mail? Check your spam folder, and check that your address is spelled correctly.
sent-before = Your request was sent
    .says = It was sent once, although the form came twice. A mail about it is on its way.
sent-for-another = The request was sent
    .says = It was sent in the name of whoever the link is for, and a mail about it is on its way to them. In this browser somebody else is signed in, so it is not shown here.
spent = Your request was sent
    .says = The link is good for one request, and that one was sent. A mail about it is on its way.
anew = Start a new form
not-from-here = This desk does not take requests from here
    .says = It takes requests only from certain networks, such as that of your office. If you have access, open the link to your requests: then it does not matter where you are.
confirm = Is this request yours?
confirm-kind = What
confirm-summary = About
confirm-by = As
confirm-until = Confirm by
confirm-button = Yes, send it
confirm-or-not = If it is not yours, you need do nothing: it is deleted by itself.
denied = Your request was not sent
    .says = The desk takes no requests from your address in this way. If you think that it should, please write to it or ask whoever looks after your organisation.

## Sentences with values

as-person = You send it as { $email }.
only-for = Requests are taken from addresses at { $domains }, and from people who have access already.
share-with = Everybody who has access for { $org } may see it, too
share-with-organization = Everybody who has access for the organisation may see it, too
mistakes =
    { $count ->
        [1] There is a problem: one answer needs another look
       *[other] There is a problem: { $count } answers need another look
    }
too-often =
    { $minutes ->
        [1] Too many requests were sent within a short time, so this one was not. What you wrote is still here: please send it again in a minute.
       *[other] Too many requests were sent within a short time, so this one was not. What you wrote is still here: please send it again in { $minutes } minutes.
    }
confirm-lead = Somebody filled in a form for { $desk } and gave your address. It was not sent yet.

## What is wrong with a field

wrong-missing = Please answer this.
wrong-too-long = Please shorten this to { $max } characters.
wrong-control = This has invisible characters that cannot be used. Please type it again.
wrong-twice = This was sent twice. Please look at it again.
wrong-not-a-choice = Please choose from what is offered.
wrong-not-a-number = Please write a number in digits, without marks between thousands: 1500 or 2.5.
wrong-not-a-date = Please write a date that exists, such as 31.12.2026.
wrong-not-an-email = Please write an address such as name@lanyard.example.
wrong-not-a-link = Please write a web address that begins with https:// or http://.
wrong-name-address = A name holds no address. Please write it without one.
wrong-name-nothing = Please write a name with letters, or leave this empty.
wrong-name-service = This names the desk or a service. Please write your own name, or leave this empty.
wrong-not-a-person = Please write a name or an e-mail address.
