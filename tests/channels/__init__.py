"""The channels of an alert and the devices they reach, against fakes of the providers."""
