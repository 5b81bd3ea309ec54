@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Runs the program from this checkout, where it has been built: see tcptable beside this file.
setlocal

set "_tt_jar="
set "_tt_home=%~dp0java-api\program\target"
for /f "delims=" %%f in ('dir /b "%_tt_home%\tcptable-program-*-all.jar" 2^>nul') do set "_tt_jar=%_tt_home%\%%f"
if not defined _tt_jar (
  echo tcptable: not built yet; run: mvn -q -Dlauncher -pl java-api/program -am package 1>&2
  exit /b 125
)

rem TCPTABLE_JAVA names a java.exe; 22 and later need no native library.
set "_tt_java=java.exe"
if defined JAVA_HOME set "_tt_java=%JAVA_HOME%\bin\java.exe"
if defined TCPTABLE_JAVA set "_tt_java=%TCPTABLE_JAVA%"

rem The width of the console, which Java cannot ask for: the second number that MODE shows.
if not defined COLUMNS for /f "tokens=2 delims=:" %%c in ('mode con 2^>nul ^| findstr /r ":.*[0-9]"') do call :number %%c

rem Where Java cannot start, or is older than 17, it ends with 1, which is the program's code for "nothing found": so
rem the program is asked for another one, that no Java has. 9009 is how this interpreter says that there is no such file.
rem A server that it starts gets its variables, so that none of this file's is left by then.
set "_tt_home=" & set "_tt_jar=" & set "_tt_lines=" & set "_tt_java=" & "%_tt_java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Dtcptable.nothing-found=79 -jar "%_tt_jar%" %* & call :ended "%_tt_java%"
exit /b %errorlevel%

:ended
set "_tt_code=%errorlevel%"
if "%_tt_code%"=="79" exit /b 1
if "%_tt_code%"=="9009" goto no_java
rem Below zero is a crash, such as 0xC0000005.
if "%_tt_code:~0,1%"=="-" goto broken_java
if not "%_tt_code%"=="1" exit /b %_tt_code%
set "_tt_version="
for /f "tokens=3" %%v in ('call "%~1" -version 2^>^&1') do if not defined _tt_version set "_tt_version=%%~v"
for /f "delims=.-" %%v in ("%_tt_version%") do for %%o in (1 9 10 11 12 13 14 15 16) do if "%%v"=="%%o" goto old_java

:broken_java
echo tcptable: Java could not start, or crashed, as said above: %~1 1>&2
exit /b 125

:no_java
echo tcptable: there is no program %~1; a Java 17 or later is needed: set TCPTABLE_JAVA to the java.exe of one, 1>&2
goto get_java

:old_java
echo tcptable: %~1 is too old: Java 17 or later is needed; set TCPTABLE_JAVA to the java.exe of one, 1>&2

:get_java
echo tcptable: or install one: winget install EclipseAdoptium.Temurin.25.JDK 1>&2
exit /b 125

:number
if defined COLUMNS exit /b 0
if defined _tt_lines (set "COLUMNS=%1") else (set "_tt_lines=%1")
exit /b 0
