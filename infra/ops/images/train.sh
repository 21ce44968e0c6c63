#!/usr/bin/env bash
# Makes AOT caches for images that `mvn -P images` has built, and prints what they gain: train.sh [SERVICE...]
# Each service is started as run.sh does, against a Kafka, a PostgreSQL and a Graph API of this machine that come with the standalone
# system's image: RUNS times (3) without a cache, once to make one, RUNS times with it. What is measured is the time from its start until it is
# ready, and beside it the time that processors worked for it, which says more on a busy machine. The cache is left in
# SERVICE/target/trained; what then has to be built again is said at the end.
set -euo pipefail

here=$(dirname "$(realpath "$0")")
house=$(realpath "$here/../../..")
runs=${RUNS:-3}
port=18480
[ $# -gt 0 ] || set -- identity-service job-service creator-service verifier-service rollback-service posting-service moderation-service
work=$(mktemp -d)
started=()
end() {
    [ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null || true
    wait || true
    rm -rf "$work"
}
trap end EXIT

# The value of a property in a file that ServerMain wrote.
property() {
    grep "^$2=" "$work/$1.properties" | cut -d= -f2- | sed 's/\\\(.\)/\1/g'
}

serve() {
    java -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$work/standalone/app/libs/*" "${@:2}" \
        > "$work/$1.log" 2>&1 &
    started+=($!)
}

awaited() {
    until "$@" > /dev/null 2>&1; do sleep 0.05; done
}

answers() {
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$1")" = 200 ]
}

# Milliseconds from the start of a service until it is ready, and those that a processor worked for it.
once() {
    local begun took pid program worked
    begun=$(date +%s%N)
    "$here/run.sh" "$work/$1" "$work/secrets" > "$work/$1.log" 2>&1 &
    pid=$!
    until answers "$url"; do
        kill -0 "$pid" 2>/dev/null || { tail -20 "$work/$1.log" >&2; exit 1; }
        sleep 0.05
    done
    took=$((($(date +%s%N) - begun) / 1000000))
    # Java itself: the process around it hands no signal on.
    program=$(pgrep -x java -P "$(pgrep -P "$pid")")
    worked=$(awk -v tick="$(getconf CLK_TCK)" '{ print ($14 + $15) * 1000 / tick }' "/proc/$program/stat")
    kill -TERM "$program"
    wait "$pid" || true
    echo "$took ($worked)"
}

several() {
    local each
    for ((each = 0; each < runs; each++)); do once "$1"; done | paste -sd, | sed 's/,/, /g'
}

"$here/unpack.sh" "$house/infra/standalone/target/image.tar" "$work/standalone"
serve kafka io.campaignlauncher.embedded.ServerMain kafka "$work/kafka"
serve postgresql io.campaignlauncher.embedded.ServerMain postgresql "$work/postgresql"
serve graph io.campaignlauncher.simulator.SimulatorMain --port=18490
awaited test -f "$work/kafka/ready" -a -f "$work/postgresql/ready"
mkdir "$work/secrets"
head -c 32 /dev/urandom | base64 > "$work/secrets/launch.credentials.key"

echo "| service | ready without a cache, ms (of a processor) | with one, ms (of a processor) | the cache, MiB |"
echo "|---|---|---|---|"
for service in "$@"; do
    "$here/unpack.sh" "$house/$service/target/image.tar" "$work/$service"
    user=${service//-/_}
    property "kafka/$user" kafka.properties.sasl.jaas.config > "$work/secrets/kafka.properties.sasl.jaas.config"
    if grep -q spring.datasource "$work/postgresql/$user.properties"; then
        property "postgresql/$user" spring.datasource.password > "$work/secrets/spring.datasource.password"
    fi
    export SPRING_CONFIG_IMPORT=configtree:/run/secrets/launch/ LAUNCH_SECURITY_MODE=tokens
    export LAUNCH_SECURITY_JWKSURI=http://127.0.0.1:$port/.well-known/jwks.json GRAPH_BASEURL=http://127.0.0.1:18490
    KAFKA_BOOTSTRAPSERVERS=$(property "kafka/$user" kafka.bootstrap-servers)
    SPRING_DATASOURCE_URL=$(property postgresql/job_service spring.datasource.url)
    export KAFKA_BOOTSTRAPSERVERS SPRING_DATASOURCE_URL SPRING_DATASOURCE_USERNAME=$user
    export KAFKA_PROPERTIES_SECURITY_PROTOCOL=SASL_PLAINTEXT KAFKA_PROPERTIES_SASL_MECHANISM=SCRAM-SHA-512
    url=http://127.0.0.1:$port/actuator/health/serving
    case $service in
    identity-service | job-service | moderation-service) export SERVER_PORT=$port ;;
    *)
        unset SERVER_PORT
        url=http://127.0.0.1:$port/actuator/health/readiness
        export MANAGEMENT_SERVER_PORT=$port
        ;;
    esac
    without=$(several "$service")
    CACHE=make once "$service" > /dev/null
    cache=$work/$service/app/trained/app.aot
    [ -s "$cache" ] || { echo "no cache was made of $service:" >&2; tail -20 "$work/$service.log" >&2; exit 1; }
    export CACHE=use
    with=$(several "$service")
    unset CACHE MANAGEMENT_SERVER_PORT
    echo "| $service | $without | $with | $(($(stat -c %s "$cache") / 1048576)) |"
    install -D -m 644 "$cache" "$house/$service/target/trained/app.aot"
    rm -rf "${work:?}/$service" "$work/secrets/spring.datasource.password"
done
echo "now: mvn -P images package -DskipTests -Dimage.base=... -Dimage.cache=-XX:AOTCache=/app/trained/app.aot -pl $(echo "$@" | tr ' ' ,) -am"
