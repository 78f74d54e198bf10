#!/bin/sh
# A server keeps snapshots; appendonly yes is added to its configuration, and it is started again. Guess: there is no log yet, so that it reads its
# dump.rdb, which lies in the same folder; and if not, the configuration can be taken back.
# Seen with Redis 7.0.15 and Valkey 8.0.1: it starts empty, without a warning in its log, and when it is stopped in order it writes
# dump.rdb, empty: without appendonly again, the data is not there either. CONFIG SET appendonly yes while it runs keeps everything, and has to come first.
# Needs redis-server and valkey-server (Debian 12: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && cd "$folder"
port=$((20000 + $$ % 20000)); pid=
trap 'test -z "$pid" || kill -9 "$pid" 2>/dev/null; rm -rf "$folder"' EXIT
ask() { "$kind-cli" -p $port "$@"; }
start() {
	"$kind-server" --port $port --bind 127.0.0.1 --dir "$folder/$kind-$case" --save '3600 1' --appendonly "$1" >/dev/null 2>&1 & pid=$!
	until ask ping 2>/dev/null | grep -q PONG; do kill -0 $pid; sleep 0.1; done
}
end() { kill -TERM $pid; wait $pid 2>/dev/null || true; pid=; }
for kind in redis valkey; do
	for case in configuration running; do
		mkdir "$kind-$case"
		start no; version=$(ask info server | tr -d '\r' | sed -n "s/^${kind}_version://p"); ask set a 1 >/dev/null
		if test $case = running; then
			ask config set appendonly yes >/dev/null
			until ask info persistence | tr -d '\r' | grep -qx aof_rewrite_in_progress:0 && ask info persistence | tr -d '\r' | grep -qx aof_rewrite_scheduled:0; do sleep 0.1; done
		fi
		end
		start yes; with=$(ask dbsize); end
		start no; without=$(ask dbsize); end
		echo "$kind $version, $case: keys with appendonly $with, without it again $without"
	done
done | tee seen
for server in 'redis 7.0.15' 'valkey 8.0.1'; do
	printf "$server, %s\n" 'configuration: keys with appendonly 0, without it again 0' 'running: keys with appendonly 1, without it again 1'
done | cmp - seen
