"""Training of the digit recognizer's two networks: data, networks, training, export and evaluation."""
