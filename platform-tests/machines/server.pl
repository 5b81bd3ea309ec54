# SPDX-License-Identifier: Apache-2.0
# server.pl [ADDRESS:]PORT hung|healthy: a server that answers nobody, or everybody until SIGUSR1: on loopback, if no
# address is told. Its socket is its own, or the one that systemd hands to it.
use IO::Socket::INET;
my ($at, $how) = @ARGV;
$at = "127.0.0.1:$at" unless $at =~ /:/;
my $server = $ENV{LISTEN_FDS} ? IO::Socket::INET->new_from_fd(3, "r+")
  : IO::Socket::INET->new(Listen => 5, LocalAddr => $at, ReuseAddr => 1);
die "$at: $!" unless $server;
$SIG{USR1} = sub { sleep 100000 };
sleep 100000 while $how eq "hung";
while (my $client = $server->accept) {
  sysread $client, my $request, 4096;
  print $client "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" if length $request;
  close $client;
}
