"""How often one wants to be in touch, and when a customer is new, dormant or lost: the settings of these."""
