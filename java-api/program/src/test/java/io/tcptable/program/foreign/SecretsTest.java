// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.wording.Excerpt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a secret is masked, and what does not is kept. */
class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "app --db postgres://me:HUSH@db/x | app --db postgres://***@db/x",
        "git clone https://HUSH@github.com/a/b | git clone https://***@github.com/a/b",
        "http://u:HU%20SH@h:1/p?token=HUSH&x=1 | http://***@h:1/p?token=***&x=1",
        "app --password=HUSH --port 3001 | app --password=*** --port 3001",
        "app --password HUSH --port 3001 | app --password *** --port 3001",
        "app --password 'HUSH it' next | app --password *** next",
        "app --password \"HUSH it\" next | app --password *** next",
        "app --password 'HUSH'\\''HUSH' next | app --password *** next",
        "app --password 'HUSH''HUSH' next | app --password *** next",
        "app --password 'HUSH that was cut | app --password ***",
        "app --db-passwd HUSH | app --db-passwd ***",
        "app --api-key=HUSH;x | app --api-key=***;x",
        "java -Dspring.datasource.password=HUSH -jar a.jar | java -Dspring.datasource.password=***"
            + " -jar a.jar",
        "env DB_PASSWORD=HUSH AWS_SECRET_ACCESS_KEY=HUSH x | env DB_PASSWORD=***"
            + " AWS_SECRET_ACCESS_KEY=*** x",
        "{\"password\": \"HUSH\", \"port\": 1} | {\"password\": ***, \"port\": 1}",
        "curl -H 'Authorization: Bearer HUSHHUSH.x' | curl -H 'Authorization: Bearer ***'",
        "sent bearer HUSHHUSHHUSH to it | sent bearer *** to it",
        "x ghp_HUSHHUSHHUSHHUSHHUSH y | x *** y",
        "x AKIAHUSHHUSHHUSHHUSH y | x *** y",
        "x eyJHUSHHUSHHUSH.eyJHUSH.HUSH y | x *** y",
        "x ASIAHUSHHUSHHUSHHUSH y | x *** y",
        "x sk_live_HUSHHUSHHUSHHUSH y | x *** y",
        "http://h:1/p?a=1&sig=HUSH%2F&key=HUSH#x | http://h:1/p?a=1&sig=***&key=***#x",
        "http://h/?access_token=HUSH&api_key=HUSH | http://h/?access_token=***&api_key=***",
        "https://HUSH:x-oauth-basic@github.com/a/b | https://***@github.com/a/b",
        "jdbc:oracle:thin:scott/HUSH@//db:1521/x | jdbc:oracle:thin:scott/***@//db:1521/x",
        "jdbc:sqlserver://h:1;user=a;password=HUSH; | jdbc:sqlserver://h:1;user=a;password=***;",
        "AccountName=me;AccountKey=HUSHHUSH==;x=1 | AccountName=me;AccountKey=***;x=1",
        "Proxy-Authorization: Negotiate HUSH HUSH | Proxy-Authorization: *** ***",
        "Cookie: a=HUSH; b=HUSH | Cookie: ***",
        "-----BEGIN RSA PRIVATE KEY----- HUSH+HUSH -----END RSA PRIVATE KEY----- x"
            + " | -----BEGIN RSA PRIVATE KEY-----*** x",
        "openssl x -passin pass:HUSH -noout | openssl x -passin pass:*** -noout",
      })
  void inATextIsMasked(String text, String safe) {
    Secrets secrets = Secrets.of(false);

    assertThat(secrets.in(text)).isEqualTo(safe).doesNotContain("HUSH");
    assertThat(secrets.hasMasked()).isTrue();
  }

  /** What a short option means depends on the program. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mysql -h db -u me -pHUSH shop | mysql -h db -u me -p*** shop",
        "/usr/bin/mysqldump -pHUSH --all | /usr/bin/mysqldump -p*** --all",
        "mariadb-admin -pHUSH ping | mariadb-admin -p*** ping",
        "redis-cli -h db -a HUSH ping | redis-cli -h db -a *** ping",
        "redis-server --requirepass HUSH --port 1 | redis-server --requirepass *** --port 1",
        "sshpass -p HUSH ssh -p 22 me@h | sshpass -p *** ssh -p 22 me@h",
        "sshpass -pHUSH ssh -p 22 me@h | sshpass -p*** ssh -p 22 me@h",
        "curl -u me:HUSH http://h/ | curl -u me:*** http://h/",
        "curl -ume:HUSH http://h/ | curl -ume:*** http://h/",
        "curl --user me:HUSH -U p:HUSH h | curl --user me:*** -U p:*** h",
        "app --user=me:HUSH h | app --user=me:*** h",
        "mongosh -u me -p HUSH db | mongosh -u me -p *** db",
        "ldapsearch -D cn=a -w HUSH -b x | ldapsearch -D cn=a -w *** -b x",
        "docker login -u me -p HUSH reg | docker login -u me -p *** reg",
        "smbclient //h/s -U me%HUSH | smbclient //h/s -U me%***",
        "sqlcmd -S h -U sa -P HUSH | sqlcmd -S h -U sa -P ***",
        "7z a -pHUSH x.7z d | 7z a -p*** x.7z d",
        "env PGPASSWORD=HUSH psql -p 5432 | env PGPASSWORD=*** psql -p 5432",
        "env MYSQL_PWD=HUSH REDISCLI_AUTH=HUSH x | env MYSQL_PWD=*** REDISCLI_AUTH=*** x",
        "sudo mysql -pHUSH -e x | sudo mysql -p*** -e x",
        "app --password HUSH --token HUSH -p 3001 | app --password *** --token *** -p 3001",
      })
  void inTextAndInWordsAlike(String line, String safe) {
    assertThat(Secrets.of(false).in(line)).isEqualTo(safe).doesNotContain("HUSH");
    assertThat(Secrets.of(false).in(List.of(line.split(" ")))).containsExactly(safe.split(" "));
    assertThat(Secrets.of(false).in("tcptable restart 3001 -- sh -c '" + line + "'"))
        .isEqualTo("tcptable restart 3001 -- sh -c '" + safe + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python3 srv.py 24981 .",
        "java -jar app.jar --port=3001 --tokenizer fast --author me --bypass",
        "http://localhost:3001/health?x=a",
        "mail a@b.example",
        "/home/me/passwords.txt",
        "--password --next",
        "the tokens of a bearer",
        "python3(4242) listens on 127.0.0.1:3001",
        "sk-1 and eyJ and AKIA",
        "app -p 3001",
        "mkdir -p dir",
        "ssh -p 22 me@host",
        "server --port 3001 --host h",
        "docker run -p 8080:80 -u 1000:1000 image",
        "docker exec -u web:web name mysql",
        "psql -p 5432 -U me db",
        "mysql -p shop",
        "redis-server -p 6379 -a",
        "grep -a word file",
        "cp -a from to",
        "uwsgi --max-tokens 4096 --max_tokens=2048",
        "app --password-file /run/secrets/db --tls-private-key-file=/etc/key.pem",
        "env POSTGRES_PASSWORD_FILE=/run/x PWD=/home/me OLDPWD=/srv x",
        "nginx -g daemon off;",
        "http://localhost:3001/keys?page=2&sort=key",
        "git clone git@github.com:a/b",
      })
  void whatIsNoneIsKept(String text) {
    Secrets secrets = Secrets.of(false);

    assertThat(secrets.in(text)).isEqualTo(text);
    assertThat(secrets.in(List.of(text.split(" ")))).containsExactly(text.split(" "));
    assertThat(secrets.hasMasked()).isFalse();
  }

  @Test
  void aWordOfACommandIsMaskedToItsEnd() {
    Secrets secrets = Secrets.of(false);

    assertThat(
            secrets.in(
                List.of(
                    "app",
                    "--password",
                    "HUSH it, 'now'",
                    "--token=HUSH it",
                    "DB_PASSWORD=HUSH\nHUSH",
                    "-u",
                    "me:HUSH it",
                    "--user",
                    "me",
                    "3001")))
        .containsExactly(
            "app",
            "--password",
            "***",
            "--token=***",
            "DB_PASSWORD=***",
            "-u",
            "me:***",
            "--user",
            "me",
            "3001");
    assertThat(secrets.hasMasked()).isTrue();
  }

  @Test
  void onDemandNothingIsMasked() {
    Secrets secrets = Secrets.of(true);

    assertThat(secrets.in("--password=x")).isEqualTo("--password=x");
    assertThat(secrets.in(List.of("--password", "x"))).containsExactly("--password", "x");
    assertThat(secrets.hasMasked()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "-",
        "password",
        "=",
        "'",
        "://",
        "@",
        "--password='",
        "x:",
        "eyJ",
        "eyJ-",
        "token=",
        "token ",
        "mysql ",
        "mysql",
        "curl -u ",
        "-u a:",
        "cookie: ",
        "-----BEGIN PRIVATE KEY-----",
        "sqlplus a/",
        "?key="
      })
  @Timeout(60)
  void aVeryLongTextTakesNoTimeToSpeakOf(String piece) {
    assertThat(Secrets.of(false).in(piece.repeat(Excerpt.FIELD / piece.length()))).isNotEmpty();
  }
}
