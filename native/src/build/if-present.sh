# Runs a command; where it is missing, does nothing and succeeds, so that the build goes on without.
command -v "$1" >/dev/null || exit 0
exec "$@"
