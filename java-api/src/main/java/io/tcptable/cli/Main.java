package io.tcptable.cli;

import io.tcptable.TcpTable;

/** The program. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.out.println(TcpTable.binding());
    TcpTable.snapshot(Integer.parseInt(args[0])).forEach(System.out::println);
  }
}
