-- en: What are the three public expenses (三公经费), and of what?
-- zh: 三公经费是多少，由哪些构成？
select
    publisher_name,
    fiscal_year,
    stage,
    three_public_yuan,
    overseas_travel_yuan,
    official_reception_yuan,
    official_vehicles_yuan,
    meetings_yuan,
    training_yuan
from marts.mart_publisher_year
order by three_public_yuan desc nulls last, publisher_name asc, fiscal_year asc;
