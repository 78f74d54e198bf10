#!/bin/sh
# appendonly yes, appendfsync always; a server is killed while it writes a transaction (MULTI, commands, EXEC) to its log, and started twice. Guess: what
# was cut off is gone, and what was acknowledged after the first start is kept.
# Seen with Redis 7.0.15 and Valkey 8.0.1, and with Redis 8.0.2 and 8.0.6, Redict 7.3.6 and Valkey 8.1.1 (not with Valkey 9.1.2, which cuts before MULTI and loses
# nothing: there this script ends with 1): the first start cuts the log behind the last whole command, not before MULTI, and leaves the commands of the
# transaction out. (a) If a transaction is logged next, the second start carries them out, before it: a list that held "A Y Z" holds "A X Y Z".
# (b) If only single commands are logged next, they stand inside that transaction too, and the second start throws them all away, though each was
# acknowledged and synced: of "A Y Z" only "A" is left. A second start before anything is written is what clears the log.
# Needs redis-server and valkey-server (Debian: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && cd "$folder"
port=$((20000 + $$ % 20000)); pid=
trap 'test -z "$pid" || kill -9 "$pid" 2>/dev/null' EXIT
start() {
	"$1-server" --port $port --bind 127.0.0.1 --dir "$folder/$1$2" --appendonly yes --appendfsync always --save '' --logfile log >/dev/null 2>&1 &
	pid=$!
	until ask ping 2>/dev/null | grep -q PONG; do kill -0 $pid; sleep 0.1; done
}
end() { kill -9 $pid; wait $pid 2>/dev/null || true; pid=; }
ask() { "$kind-cli" -p $port "$@"; }
list() { ask lrange l 0 -1 | tr '\n' ' '; }
for kind in redis valkey; do
	for case in a b; do
		mkdir "$kind$case"
		start $kind $case; version=$(ask info server | tr -d '\r' | sed -n "s/^${kind}_version://p"); ask rpush l A >/dev/null; end
		# What a write that was cut off leaves: the transaction's first command, and a part of the second.
		printf '*1\r\n$5\r\nMULTI\r\n*3\r\n$5\r\nRPUSH\r\n$1\r\nl\r\n$1\r\nX\r\n*4\r\n$4\r\nHSET\r\n$1\r\nh' >> "$(ls "$kind$case"/appendonlydir/*.incr.aof)"
		start $kind $case
		if test $case = a; then
			ask eval "redis.call('rpush', 'l', 'Y') redis.call('rpush', 'l', 'Z')" 0 >/dev/null
		else
			ask rpush l Y >/dev/null; ask rpush l Z >/dev/null
		fi
		before=$(list); end
		start $kind $case; echo "$kind $version ($case): $before-> $(list)"; end
	done
done | tee seen; status=0
for kind in redis valkey; do
	grep -qx "$kind [0-9.]* (a): A Y Z -> A X Y Z " seen || status=1
	grep -qx "$kind [0-9.]* (b): A Y Z -> A " seen || status=1
done
cd / && rm -rf "$folder"; exit $status
