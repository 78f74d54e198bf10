#!/bin/sh
# maxmemory is used up, maxmemory-policy is noeviction, and a script writes 5 MB. Guess: whatever the script does before, the write is refused with OOM, as SET
# alone is; MULTI with DEL and SET is refused whole.
# Seen with Redis 7.0.15 and Valkey 8.0.1: with a DEL of a key that is not there in front of it, the script writes its 5 MB and answers OK; with a GET in front
# of it, it is refused. After a first command of the kind that writes, a script is not stopped any more, so that it is not done in half: a store whose scripts
# clean up before they write is never told that memory is short.
# Needs redis-server and valkey-server (Debian 12: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && cd "$folder"
port=$((20000 + $$ % 20000)); pid=
trap 'test -z "$pid" || kill -9 "$pid" 2>/dev/null; rm -rf "$folder"' EXIT
ask() { "$kind-cli" -p $port "$@"; }
write() { ask eval "$1 return redis.call('set', KEYS[1], string.rep('x', 5000000))" 1 "$2" | grep -oE 'OK|OOM' || true; }
for kind in redis valkey; do
	"$kind-server" --port $port --bind 127.0.0.1 --save '' --maxmemory-policy noeviction >/dev/null & pid=$!
	until ask ping 2>/dev/null | grep -q PONG; do kill -0 $pid; sleep 0.1; done
	ask config set maxmemory 1 >/dev/null
	echo "$kind $(ask info server | tr -d '\r' | sed -n "s/^${kind}_version://p")"
	echo "SET: $(ask set a 1 | grep -o OOM)"
	echo "MULTI, DEL, SET, EXEC: $(printf 'MULTI\nDEL nothing\nSET b 1\nEXEC\n' | ask | grep -o EXECABORT)"
	echo "script with SET: $(write '' c), $(ask strlen c) bytes"
	echo "script with GET, SET: $(write "redis.call('get', 'nothing')" d), $(ask strlen d) bytes"
	echo "script with DEL, SET: $(write "redis.call('del', 'nothing')" e), $(ask strlen e) bytes"
	kill -9 $pid; wait $pid 2>/dev/null || true; pid=
done | tee seen
for server in 'redis 7.0.15' 'valkey 8.0.1'; do
	printf '%s\n' "$server" 'SET: OOM' 'MULTI, DEL, SET, EXEC: EXECABORT' 'script with SET: OOM, 0 bytes' 'script with GET, SET: OOM, 0 bytes' 'script with DEL, SET: OK, 5000000 bytes'
done | cmp - seen
