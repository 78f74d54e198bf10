#!/bin/sh
# A key is written over one connection while the replica stands still; another connection reads it there and asks WAIT 1. Guess: 0 replicas have what was
# read, as the connection that wrote is told. Seen with Valkey 8.0.1: 1, at once, since WAIT answers for what this connection itself wrote last, which is nothing. Redis 7.0.15
# says 0. Whoever repeats a request that finds its work done has to write something before WAIT, or is told that it is safe.
# Needs redis-server and valkey-server (Debian 12: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && cd "$folder"
servers=''
cleanup() { for pid in $servers; do kill -CONT "$pid" 2>/dev/null || true; kill -KILL "$pid" 2>/dev/null || true; done; }
trap cleanup EXIT
port=$((20000 + $$ % 20000))

see() {
	kind=$1 primary=$2 second=$3
	ask() { redis-cli -p "$primary" "$@"; }
	for own in "$primary" "$second"; do
		mkdir "$kind-$own"
		of=''
		[ "$own" = "$second" ] && of="--replicaof 127.0.0.1 $primary"
		"$kind-server" --port "$own" --bind 127.0.0.1 --save '' --dir "$folder/$kind-$own" --repl-diskless-sync-delay 0 $of >/dev/null &
		replica=$!
		servers="$servers $replica"
	done
	count=0
	until ask INFO replication 2>/dev/null | grep -q state=online; do
		count=$((count + 1)) && [ "$count" -lt 100 ] && sleep 0.1
	done
	ask SET before 1 >/dev/null
	ask WAIT 1 1000 >/dev/null
	kill -STOP "$replica"
	writer=$(printf 'SET key value\nWAIT 1 300\n' | ask | tail -1)
	reader=$(printf 'GET key\nWAIT 1 300\n' | ask | tail -1)
	echo "$("$kind-server" --version | sed 's/.*v=\([0-9.]*\).*/'"$kind"' \1/'): who wrote is told $writer, who read is told $reader"
}

see redis "$port" $((port + 1)) >seen
see valkey $((port + 2)) $((port + 3)) >>seen
cat seen
grep -q 'redis .*told 0, who read is told 0' seen && grep -q 'valkey .*told 0, who read is told 1' seen
