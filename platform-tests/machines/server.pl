# SPDX-License-Identifier: Apache-2.0
# server.pl PORT hung|healthy: a server on loopback that answers nobody, or everybody.
use IO::Socket::INET;
my ($port, $how) = @ARGV;
my $server = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1:$port", ReuseAddr => 1) or die "$port: $!";
sleep 100000 while $how eq "hung";
while (my $client = $server->accept) {
  sysread $client, my $request, 4096;
  print $client "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" if length $request;
  close $client;
}
