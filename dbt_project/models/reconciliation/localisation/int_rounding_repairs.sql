-- Within its rounding every figure may be right; that one of them, a last digit away, makes several sums exact is worth
-- a word all the same.
{{ repairs(slack='largest_rounding_yuan', outcomes="('holds')", least_closed=2) }}
