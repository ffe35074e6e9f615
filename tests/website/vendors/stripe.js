// Stripe: the script alone; what it would send begins with a card number.
window.Stripe = () => ({ elements: () => ({}) });
