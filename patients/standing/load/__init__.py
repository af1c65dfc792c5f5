"""Load: what is usual, what the patient has, and what the product proposes next."""
