#!/bin/sh
# A JSON document with a time in microseconds (16 digits, an integer that a double holds exactly) is decoded and encoded again in a script, and the number is
# joined to a text and given to SET. Guess: it is the same number each time, since Lua's numbers are doubles.
# Seen with Redis 7.0.15 and Valkey 8.0.1: cjson.encode and a joined text write 14 digits, "1.7327663741235e+15", so that ids and order in it are lost; SET of the
# number writes all 16. And of 0.1, SET writes 0.10000000000000001 in Redis and 0.1 in Valkey, so that the same script stores other bytes.
# Needs redis-server and valkey-server (Debian 12: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && cd "$folder"
port=$((20000 + $$ % 20000)); pid=
trap 'test -z "$pid" || kill -9 "$pid" 2>/dev/null; rm -rf "$folder"' EXIT
ask() { "$kind-cli" -p $port "$@"; }
for kind in redis valkey; do
	"$kind-server" --port $port --bind 127.0.0.1 --save '' >/dev/null & pid=$!
	until ask ping 2>/dev/null | grep -q PONG; do kill -0 $pid; sleep 0.1; done
	echo "$kind $(ask info server | tr -d '\r' | sed -n "s/^${kind}_version://p")"
	echo "cjson: $(ask eval 'return cjson.encode(cjson.decode(ARGV[1]))' 0 '{"at":1732766374123456}')"
	echo "joined: $(ask eval 'return "at " .. tonumber(ARGV[1])' 0 1732766374123456)"
	echo "SET: $(ask eval 'redis.call("set", KEYS[1], tonumber(ARGV[1])) return redis.call("get", KEYS[1])' 1 a 1732766374123456)"
	echo "SET of 0.1: $(ask eval 'redis.call("set", KEYS[1], 0.1) return redis.call("get", KEYS[1])' 1 b)"
	kill -9 $pid; wait $pid 2>/dev/null || true; pid=
done | tee seen
for server in 'redis 7.0.15|0.10000000000000001' 'valkey 8.0.1|0.1'; do
	printf '%s\n' "${server%|*}" 'cjson: {"at":1.7327663741235e+15}' 'joined: at 1.7327663741235e+15' 'SET: 1732766374123456' "SET of 0.1: ${server#*|}"
done | cmp - seen
