#!/bin/sh
# Makes what compose.yaml reads from ./secrets, once: passwords, the key that encrypts access tokens, and how each logs in. What is there
# stays as it is. Keep a copy of credentials.key: without it no stored access token can be read.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets
# Only their owner enters the folder; in a container each file is bound on its own and read by the container's user.
chmod 700 secrets

put() {
    [ -s "secrets/$1" ] || cat > "secrets/$1"
    chmod 644 "secrets/$1"
}

random() {
    head -c "$1" /dev/urandom | base64 | tr -d '\n'
}

password() {
    head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'
}

random 32 | put credentials.key
password | put grafana.admin
for role in postgres job_service creator_service rollback_service posting_service identity_service moderation_service; do
    password | put "database.$role"
done
# Empty until an admin has made an API key: docs/ship.md.
[ -f secrets/metrics.key ] || : > secrets/metrics.key
chmod 644 secrets/metrics.key

[ -s secrets/kafka-server.jaas ] && exit 0
plain=org.apache.kafka.common.security.plain.PlainLoginModule
users=
for service in job-service creator-service verifier-service rollback-service posting-service identity-service moderation-service \
    analytics tools; do
    user=$(echo "$service" | tr - _)
    secret=$(password)
    users="$users
    user_$user=\"$secret\""
    login="$plain required username=\"$user\" password=\"$secret\";"
    rm -f "secrets/kafka.$service"
    case $service in
    analytics | tools)
        printf 'security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=%s\n' "$login" | put "kafka.$service"
        ;;
    *) printf '%s' "$login" | put "kafka.$service" ;;
    esac
done
printf 'KafkaServer {\n    %s required%s;\n};\n' "$plain" "$users" | put kafka-server.jaas
