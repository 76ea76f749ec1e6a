# The name of this language, as its speakers write it.
own-name = Français
