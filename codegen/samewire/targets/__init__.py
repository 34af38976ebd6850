"""What is written from the intermediate representation, one package a target."""
