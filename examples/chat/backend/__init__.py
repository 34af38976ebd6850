"""The backend of a release assistant; what it says is made up."""
