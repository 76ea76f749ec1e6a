### Dates et heures, pour les pages et les messages. "\u00A0" est une espace insécable.

month =
    { $number ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[other] décembre
    }
# 1 est lundi.
weekday =
    { $number ->
        [1] lundi
        [2] mardi
        [3] mercredi
        [4] jeudi
        [5] vendredi
        [6] samedi
       *[other] dimanche
    }
month-of-year = { $month } { $year }
date =
    { $day ->
        [1] 1er { $month } { $year }
       *[other] { $day } { $month } { $year }
    }
date-with-weekday =
    { $day ->
        [1] { $weekday } 1er { $month } { $year }
       *[other] { $weekday } { $day } { $month } { $year }
    }
# La date comme ci-dessus, et l’heure de 00:00 à 23:59.
instant = { $date } à { $time }{ "\u00A0" }{ $zone }
# Le minuit qui termine un jour, après « jusqu’à » et après un libellé.
end-of-day = { $date } en fin de journée

## Le temps écoulé

just-now = à l’instant
minutes-ago =
    { $count ->
        [one] il y a { $count } minute
       *[other] il y a { $count } minutes
    }
hours-ago =
    { $count ->
        [one] il y a { $count } heure
       *[other] il y a { $count } heures
    }
today = aujourd’hui
yesterday = hier
days-ago =
    { $count ->
        [one] il y a { $count } jour
       *[other] il y a { $count } jours
    }
months-ago = il y a { $count } mois
years-ago =
    { $count ->
        [one] il y a { $count } an
       *[other] il y a { $count } ans
    }
long-ago = il y a longtemps
