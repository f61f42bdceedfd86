"""YAML files of the library -> values of core; every fault of a file is collected with its place."""
