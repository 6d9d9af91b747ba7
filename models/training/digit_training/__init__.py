"""Training of the digit recogniser's two networks: data, networks, training, export and measurement."""
