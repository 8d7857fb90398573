"""Names of golfers by country, drawn once from Faker and frozen, so bytes never depend on it."""

from __future__ import annotations

from functools import cache
from typing import Literal

__all__ = ["COUNTRIES", "Gender", "first_names", "last_names"]

Gender = Literal["male", "female"]

# FIFA's codes, as in the feed: ENG and SCO are countries, GBR is not.
# fmt: off
COUNTRIES: tuple[str, ...] = (
    "ENG", "SCO", "WAL", "NIR", "IRL", "FRA", "ESP", "ITA", "GER", "SWE", "DEN", "NOR", "FIN",
    "NED", "BEL", "AUT", "POR", "USA", "CAN", "MEX", "ARG", "COL", "CHI", "RSA", "AUS", "NZL",
    "JPN", "IND",
)
# fmt: on


def first_names(country: str, gender: Gender) -> tuple[str, ...]:
    """Some forty first names; ``country`` is one of ``COUNTRIES``."""
    return _table()[f"{country} {gender}"]


def last_names(country: str) -> tuple[str, ...]:
    """Some eighty last names; ``country`` is one of ``COUNTRIES``."""
    return _table()[f"{country} last"]


@cache
def _table() -> dict[str, tuple[str, ...]]:
    paragraphs = (paragraph.split(": ") for paragraph in _TEXT.strip().split("\n\n"))
    return {key: tuple(names.replace("\n", " ").split(", ")) for key, names in paragraphs}


# Never edited by hand: ``python tests/test_names.py`` prints it and its tests compare it.
_TEXT = """
ENG male: Derek, Howard, Glenn, Michael, Graeme, Hugh, Bryan, Leslie, Bruce, Ronald, Aaron, Gerard,
Carl, Leonard, Kyle, Kevin, Eric, Andrew, Connor, Harry, Abdul, Arthur, Garry, Dale, Nigel, Charles,
Simon, Alexander, Guy, Gerald, Liam, Rhys, Julian, Callum, Ricky, Frank, Raymond, Jonathan, Mohamed,
Sean

ENG female: Charlene, Jill, Stephanie, Hollie, Michelle, Marilyn, Wendy, Julia, Lucy, Kim, Dawn,
Denise, Chelsea, Sara, Diane, Lydia, Kirsty, Julie, Rosemary, Geraldine, Christine, Natalie, Joyce,
Danielle, Victoria, Suzanne, Rosie, Sylvia, Debra, Marian, Alice, Ann, Sophie, Alexandra, Joan,
Aimee, Caroline, Hayley, Kimberley, Hazel

ENG last: Evans, Hughes, Cox, Hall, Thomas, Blake, Webster, Howells, Fuller, Holmes, Brooks, Lloyd,
Garner, Murphy, Warner, Leach, Mason, Richards, Reid, Ward, Moss, Roberts, Edwards, Smith, Robinson,
Nicholson, Parker, Moore, Foster, Lee, Hayward, Joyce, Stone, Burrows, Green, Dobson, Harris, Law,
Dean, Whitehead, Woodward, George, Curtis, Hope, Cole, Dixon, Taylor, Frost, Barry, Shaw, Clarke,
Brown, King, Lane, Richardson, Hayes, Oliver, James, Doyle, Turner, Chambers, Johnson, Daniels,
Newman, Begum, Shah, Sanders, Price, Stewart, Poole, Sullivan, Simpson, Dickinson, Ahmed, Barlow,
Gregory, Walsh, Butcher, Moran, Bates

SCO male: Oliver, Callum, Peter, Stanley, Glen, Dylan, Connor, Roger, Charles, Jake, Luke, Leigh,
Max, Mohammad, Ben, Craig, Denis, Norman, Dennis, Gavin, Simon, Terence, Neil, Geoffrey, Patrick,
Ian, Eric, Daniel, Ronald, Alexander, Dale, Jonathan, Bernard, Philip, Thomas, Robert, Jacob, Paul,
Duncan, Lawrence

SCO female: Ellie, Chelsea, Jasmine, Amy, Jacqueline, Emma, Katherine, Sylvia, Frances, Ann, Leanne,
Leah, Gail, Christine, Diana, Alexandra, Debra, Karen, Judith, Georgina, Joan, Ashleigh, Stacey,
Jill, Chloe, Laura, Lynda, June, Caroline, Heather, Beverley, Sandra, Natalie, Stephanie, Rachael,
Charlene, Sally, Hannah, Michelle, Janice

SCO last: Brown, Spencer, Lewis, Palmer, Wells, Wright, Smith, Savage, Richardson, Harrison,
Freeman, Harris, Wilson, Hall, Ward, Mitchell, Cooper, Berry, Hunt, Shaw, Rose, Burgess, Foster,
Turner, Pope, Bailey, Knight, Edwards, Gibson, Barrett, Thomas, Forster, Holt, Rahman, Roberts,
Patel, Richards, Watkins, Barber, Osborne, Holmes, Stokes, Cox, Brooks, Horton, Norris, Davies,
Hurst, Ali, Green, Bond, Singh, Chapman, Phillips, Hughes, Stevenson, Carr, Willis, Taylor, Jones,
Woodward, Adams, Williams, Evans, Chambers, Marsh, Wood, Day, Browne, Marshall, Leach, Murray,
Gregory, Elliott, Griffiths, Porter, Page, Morgan, Burton, Hale

WAL male: Darren, Jay, Allan, Dale, Rhys, Jamie, Lewis, Kevin, Steven, Gareth, Donald, Stewart,
Antony, Nigel, William, Michael, Clive, Richard, Scott, Anthony, Marcus, Arthur, Harry, Malcolm,
Graham, Martin, Joe, Trevor, Kenneth, Jason, Douglas, Elliott, Colin, Declan, Dominic, Howard,
Callum, Vincent, Frederick, Shane

WAL female: Rachael, Kate, Jessica, Kathleen, Georgia, Lucy, Tracy, Pauline, Bethany, Debra, Judith,
Sally, Ashleigh, Rachel, June, Jennifer, Jodie, Natalie, Wendy, Natasha, Ann, Lauren, Clare,
Carolyn, Alice, Gail, Shirley, Katie, Lesley, Barbara, Grace, Mary, Sarah, Emily, Molly, Jane,
Charlene, Jenna, Valerie, Holly

WAL last: Taylor, Newman, Rees, Jones, Murray, Barnes, Summers, Smith, Warner, Bibi, Kelly, Coates,
Thomas, Richardson, Elliott, Robinson, Anderson, Cooper, Weston, Whittaker, Allen, Burke, Richards,
O'Brien, Bell, Sharp, Riley, Lord, Moss, Johnson, Davis, Greenwood, Davies, Lee, Miller, Clark,
Walsh, Young, Skinner, Ahmed, Wilson, Williams, Martin, Faulkner, Murphy, White, Lowe, Osborne,
Webb, Bird, Collins, Andrews, Wright, Norris, Holt, Holmes, Dunn, Gough, Patel, Dickinson, Bennett,
Curtis, Morris, Wallace, Cook, Wilkinson, Francis, Brown, Stanley, Wood, Hobbs, Clarke, Hunter,
Henderson, West, Thompson, Tomlinson, Arnold, James, Burns

NIR male: Charles, Hayden, Jeffrey, Joseph, Brandon, Oliver, Duncan, Jamie, Leslie, Breandan,
Joshua, Cahir, Maurice, Max, Bruce, Alan, Simon, Arran, Julian, Zak, Thomas, Roy, Jack, Fearghal,
Danny, Odhran, Henry, Scott, Bernard, Norman, Zachary, Kristopher, Matthew, Nathan, Stanley, Don,
Reece, Martin, Damian, Arron

NIR female: Gillian, Eloise, Kimberley, Seana, Nicola, Mollie, Katherine, Jacqueline, Jill, Daire,
Yvonne, Sarah, Alice, Nikki, Beth, Rose, Ashleigh, Tyler, Judith, Rhianna, Alison, Lana, Marilyn,
Eryn, Jennifer, Christina, Heather, Kaitlin, Amanda, Catriona, Irene, Lara, Rita, Cassie, Karen,
Margaret, Carol, Nuala, Charlotte, Alexandria

NIR last: Collins, Daniel, Clements, Comber, Smith, Comisky, Ross, O'Brennan, Wyatt, McEnaney,
Ahmed, Keegan, McCarthy, Whelan, Johnson, Mahedy, Kirk, Rabbitte, Williams, Feeney, Harvey, McQuin,
Kelly, Cox, Pearce, McKeown, Godfrey, Kilmore, Edwards, Duhy, Hanson, MacGinnitty, Neenan, Wilson,
Taylor, Donnan, Hall, Hanncard, Brookes, O'Ryan, Clark, Tracy, Ferguson, McCall, Robinson,
Robertson, Green, Mee, Quinn, Fay, Nally, Hughes, Sheridan, Holt, Herity, Martin, Grogan, Hill,
Callinan, Humphreys, O'Houlihan, Durrihy, Roberts, MacBreen, Watson, Hewson, Devereaux Deaueroux,
Berry, Costelloe, Butcher, Mernagh, Jones, Cunnane, Austin, Cowan, Hayden, King, Kerins, Parry,
Rattigan

IRL male: Conall, Piaras, Garrett, Jesse, Craig, Grant, Brad, Christie, Conal, John, Jordon, George,
Tiarnan, Deane, Vincent, Brandon, Jacob, Che, Jared, Zak, Fearghal, Fionntan, Caomhan, Curtis,
Martin, Hamish, Timothy, Calum, Trevor, Christy, Roy, Charles, Graeme, Gary, Jeffrey, Pearce, Troy,
Callum, Gregory, Alistair

IRL female: Dearbhla, Alexandria, Rhiannon, Selina, Kirsten, Evelyn, Jenna, Emilie, Kathleen, Lucy,
Karley, Keely, Aoibheann, Heather, Hollie, Seana, Mollie, Codie, Chantel, Denise, Mairead,
Sarah-Louise, Katie, Rosemary, Aoife, Sheree, Fionnuala, Andrea, Joanna, Orla, Tory, Lyndsey,
Hannah, Rachelle, Celine, Amanda, Dionne, Ashlene, Katie-Louise, Patricia

IRL last: Deeley, Moy, Lavell, McNealy, Holden, Carrigan, Convey, O'Flaherty, McKeniry, Currie,
Canniffe, Godfrey, McCollam, Keally, Lundon, Mann, Scally, Dunworth, Cowely, Cronly, Wolfe,
Davenport, Dickson, O'Connell, Lenehan, Boner, Russell, Moroney, Rynn, Hosey, Cremin, McDermott,
Larkin, Wilson, Hepenstall, Ferguson, McCann, Cranly, Heckett, Meehan, Naughton, Quin, Mulhern,
Lahey, Reilly, Gilmartin, O'Mahony, Baker, McMorrow, Sheane, Cronin, McCooey, Perry, Boyse, Brick,
Connors, Callinan, McElwaine, Mulqueen, O'Connor, O'Hurley, Taggart, McLoone, Forkin, Garavan,
Parker, McCrossan, Hamilton, Kilkenny, McDowell, Guinane, Gearty, McTigue, Sigerson, Lahiffe, Neary,
Magan, Parsons, Tobin, Toal

FRA male: Paul, André, Charles, Thibault, Laurent, Léon, Emmanuel, Marcel, Pierre, Jérôme, Alphonse,
Benoît, Jacques, Joseph, Richard, Auguste, Thomas, Guillaume, Christophe, Adrien, Aimé, Gérard,
Gabriel, Franck, Émile, Thierry, Robert, Isaac, Thibaut, Gilles, Alexandre, Hugues, Xavier,
Frédéric, Roger, Augustin, Patrick, Victor, Guy, Lucas

FRA female: Hélène, Éléonore, Virginie, Élisabeth, Colette, Hortense, Christine, Stéphanie,
Constance, Joséphine, Bernadette, Odette, Catherine, Patricia, Adèle, Aurélie, Claudine, Clémence,
Anouk, Michèle, Laure, Marthe, Marianne, Denise, Nath, Christiane, Juliette, Adélaïde, Susanne,
Marie, Dorothée, Nathalie, Noémi, Nicole, Alix, Marguerite, Simone, Lorraine, Geneviève, Maggie

FRA last: Huet, Arnaud, Clément, Benoit, Regnier, Dupré, Andre, François, Michaud, Marin, Boulay,
Michel, Evrard, De Sousa, Jacquet, Baron, Carre, Turpin, Blanc, Bouvier, Marty, Traore, Colin,
Raymond, Valette, Bazin, Grenier, Le Goff, Pinto, Petitjean, Nguyen, Gosselin, Durand, Lagarde,
Costa, Grondin, Blondel, Étienne, Pires, Samson, Bonnin, Mendès, Lefebvre, Gérard, Dubois, Raynaud,
Guillou, Brunel, Bailly, Menard, Chauvet, Hamel, Roussel, Dufour, Royer, Robin, Lefort, Barre, Le
Roux, Dijoux, Guilbert, Georges, Tessier, Ferrand, Langlois, Laroche, Masson, Léger, Gaudin, Pages,
Carlier, Martineau, Leleu, Gaillard, Pruvost, Laurent, Besson, Dumont, Da Costa, Torres

ESP male: Jaime, Benjamín, Luis Miguel, Adolfo, Marcelo, Gastón, Noé, Mauricio, Federico, Rico,
León, Bartolomé, Tadeo, Amor, Asdrubal, Jordi, Aitor, Isaías, Cristian, Elpidio, Marcio, Eric,
Remigio, José María, Fulgencio, Che, Apolinar, Anastasio, Marcial, Alfredo, Martin, Virgilio,
Hermenegildo, Cornelio, Jose, Jenaro, Luis, Florencio, Hernán, Lorenzo

ESP female: Macarena, Regina, Eva María, Caridad, Griselda, Marcia, Domitila, Cintia, Rafaela, Lola,
Lorena, Manuela, Paloma, Íngrid, Sofía, Marisa, Hilda, Dafne, Francisca, Javiera, Anita, Selena,
Esperanza, Sarita, María Luisa, Teresita, Araceli, Adora, Ema, Candelaria, Teófila, Salud, Jenny,
Azahar, Andrea, Custodia, Eva, Belen, Gertrudis, Inmaculada

ESP last: Viña, Amigó, Arcos, Fabra, Calderon, Escribano, Gordillo, Fuente, Pol, Navarrete, Carbó,
Barral, Aguado, Pagès, Cordero, Cuadrado, Piñol, Sainz, Hidalgo, Agustí, Pallarès, Acedo, Soriano,
Nicolás, Hervia, Jiménez, Cortés, Chamorro, Campos, Aroca, Arana, Guzmán, Falcó, Mora, Mosquera,
Aramburu, Escobar, Barrena, Pedrero, Arranz, Muro, Sarmiento, Rodríguez, Urrutia, Iglesias, Checa,
Blázquez, Taboada, Aragonés, Priego, Bilbao, Reig, Salinas, Baró, Ramis, Rodrigo, Ribera, Dávila,
Laguna, Ochoa, Arroyo, Cifuentes, España, Ballesteros, Molins, Fajardo, Rubio, Bonet, Abellán,
Bayona, Botella, Castelló, Salas, Valbuena, Roselló, Cañellas, Rico, Farré, Castellanos, Lopez

ITA male: Lando, Galasso, Gioele, Donato, Lucio, Sebastiano, Martino, Piero, Antonello, Ernesto,
Matteo, Alderano, Geronimo, Tullio, Giampaolo, Gianfrancesco, Vito, Roberto, Gianfranco, Biagio,
Pomponio, Osvaldo, Bernardo, Gianpaolo, Fabrizio, Dario, Arturo, Corrado, Sante, Napoleone, Azeglio,
Gionata, Gaspare, Ugolino, Fiorino, Romeo, Coluccio, Ermenegildo, Ennio, Gino

ITA female: Flora, Lidia, Nadia, Margherita, Ida, Nedda, Ninetta, Pina, Annunziata, Bianca, Romina,
Dolores, Nina, Allegra, Marisa, Tatiana, Giorgia, Donatella, Liana, Griselda, Paoletta, Giuliana,
Giulietta, Carla, Simonetta, Marta, Cristina, Martina, Flavia, Gloria, Maria, Zaira, Rosaria,
Raffaella, Giada, Monica, Rosalia, Tina, Concetta, Valeria

ITA last: Napolitano, Soffici, Fantini, Pertini, Navarria, Monduzzi, Casadei, Mastandrea,
Squarcione, Polesel, Respighi, Antonioni, Gucci, Giannelli, Piacentini, Toninelli, Antonello, Bazzi,
Taccola, Carli, Spallanzani, Ritacca, Aloisio, Mazzi, Pedroni, Turrini, Federici, Ungaretti, Falier,
Pisani, Mazzocchi, Savorgnan, Rapisardi, Antonini, Vecoli, Borzomì, Galiazzo, Maderno, Briccialdi,
Cicilia, Giolitti, Iannuzzi, Barozzi, Ciani, Vespucci, Castelli, Virgilio, Gulotta, Fracci,
Callegaro, Modugno, Scarpetta, Pincherle, Guidone, Giulietti, Finzi, Interiano, Fagotto, Palombi,
Gadda, Ovadia, Paruta, Nordio, Bianchi, Russo, Anichini, Ariasso, Ubaldi, Albertini, Pucci,
Monteverdi, Staglieno, Gianinazzi, Stoppani, Montesano, Borromini, Paltrinieri, Metella, Anastasi,
Zacco

GER male: Gerfried, Karl-Hermann, Daniel, Benno, Henrik, Wenzel, Olaf, Tim, Paul-Heinz, Hans-Detlef,
Sebastiano, Falk, Wolf-Dietrich, Heinz-Wilhelm, Robert, Edelbert, Jörg, Grzegorz, Milos, Heiner,
Georgios, Anselm, Philip, Willy, Kamil, Rafael, Timm, Frithjof, Urban, Björn, Giuseppe, Ulf,
Hellmut, Orhan, Meik, Steve, Hans-Karl, Jaroslaw, Luigi, Reiner

GER female: Janine, Alwine, Natalija, Adriana, Solveig, Etta, Hanna, Nora, Denise, Heide-Marie,
Doris, Betty, Alwina, Mariechen, Alida, Elly, Ulla, Dora, Marlis, Kreszentia, Adelgunde, Helmtrud,
Christa, Katharine, Luka, Milena, Elzbieta, Heidelore, Natalja, Sabrina, Juliane, Monique, Nancy,
Janin, Eva-Maria, Sieglinde, Simone, Anne-Marie, Stella, Meral

GER last: Süßebier, Hölzenbecher, Rohleder, Gotthard, Beier, Schenk, Kaul, Werner, Carsten, Pohl,
Trapp, Adler, Pechel, Linke, Steuer, Hartmann, Kitzmann, Klapp, Stroh, Margraf, Dörschner, Vogt,
Mohaupt, Hertrampf, Scholz, Wilms, Wulf, Täsche, Schlosser, Ernst, Mangold, Mülichen, van der
Dussen, Löwer, Hänel, Patberg, Henschel, Ruppersberger, Haase, Kallert, Kroker, Schäfer, Heinz,
Berger, Mende, Trüb, Henck, Junken, Kostolzin, Heintze, Hofmann, Kuhl, Tlustek, Eberth, Weitzel,
Hoffmann, Ruppert, Jacobi Jäckel, Meyer, Fliegner, Börner, Heidrich, Roskoth, Jüttner, Schulz,
Schwital, Vollbrecht, Köster, Jopich, Stiffel, Döhn, Biggen, Hahn, Oderwald, Junck, Ziegert,
Weinhage, Hamann, Buchholz, Etzold

SWE male: Rikard, Hans, Mats, Nils, Oscar, Tor, Robert, Niklas, Christian, Johan, Henning, Sonny,
Tage, Björn, Olof, Hussein, Bruno, Tommy, Jesper, Jon, Ingemar, Karl, Harry, Carl, Lars, Thomas,
Erik, Daniel, Oliver, Roland, Fredrik, Martin, Reinhold, Kurt, Bengt, Simon, Erling, Julius,
Jonathan, Jan

SWE female: Inger, Johanna, Ellie, Maria, Julia, Marie-Louise, Lova, Charlotta, Linnéa, Selma,
Elise, Inga, Christina, Karin, Matilda, Kristina, Gunhild, Linnea, Gerd, Margaretha, Judith, Eva,
Birgitta, Annelie, Therese, Malin, Lena, Marie, Elma, Marianne, Kerstin, Elsa, Anna, Catarina, Sara,
Gunilla, Camilla, Marlene, Ann-Kristin, Kajsa

SWE last: Lennartsson, Jensen, Lundberg, Åkesson, Svensson, Sandström, Johansson, Alfredsson,
Ekberg, Andersson, Börjesson, Li, Nyberg, Fransson, Landström, Persson, Jacobsson, Nord, Ohlsson,
Jonsson, Khan, Pettersson, Berggren, Olausson, Gustafsson, Holmberg, Magnusson, Claesson,
Westerlund, Hansson, Söderberg, Edlund, Sandberg, Lundström, Mohammed, Granberg, Karlsson, Svanberg,
Dahlberg, Mohammadi, Mårtensson, Johansen, Bengtsson, Roth, Falk, Dahl, Ekelund, Jörgensen,
Engström, Hussein, Lindgren, Carlsson, Bergström, Olsson, Sundberg, Eriksson, Larsson, Andreasson,
Törnqvist, Sörensen, Boman, Backlund, Modig, Broman, Engdahl, Åkerman, Johnsson, Lundgren,
Lindqvist, Ahmadi, Bertilsson, Karlberg, Nilsson, Hedlund, Jönsson, Malmgren, Haraldsson, Ekman,
Tran, Holmqvist

DEN male: Zacharias, Magnus, Curt, Ivan, Steen, Finn, Bøje, Henrik, Richardt, Jon, Herbert, Robert,
Frede, Mads, Jimmy, Jean, Emil, Holger, Elias, Rolf, Martin, Paw, Herman, Vagn, Keld, Anton,
Stephan, Sonny, William, Tonny, Patrick, Kent, Bjarne, Esben, Christoffer, Mike, Nikolaj, Bob,
Kjeld, Michael

DEN female: Ellen, Maiken, Sandra, Gerda, Søs, Laura, Amanda, Jasmin, Solveig, Charlotte, Sussanne,
Kirsten, Malene, Maria, Karin, Mimi, Gunhild, Birthe, Camilla, Berta, Xenia, Cirkeline, Sys,
Filippa, Gyda, Benthe, Mathilde, Mia, Cathrine, Frederikke, Annette, Andrea, Simone, Herdis, Katja,
Ulla, Ragna, Liva, Bettina, Frida

DEN last: Petersen, Jeppesen, Jørgensen, Knudsen, Lauritsen, Skov, Jepsen, Iversen, Søndergaard,
Christiansen, Brandt, Bruun, Nørgaard, Frederiksen, Poulsen, Pedersen, Krogh, Nielsen, Kristiansen,
Kristensen, Jespersen, Christensen, Klausen, Jessen, Eriksen, Østergaard, Simonsen, Johansen,
Henriksen, Koch, Johnsen, Schou, Holst, Vestergaard, Lauridsen, Thorsen, Mikkelsen, Christoffersen,
Dam, Andersen, Lind, Rasmussen, Thomsen, Lassen, Hansen, Jakobsen, Nilsson, Clausen, Friis,
Jacobsen, Jensen, Olesen, Kjeldsen, Hermansen, Karlsen, Steffensen, Schmidt, Ravn, Mortensen,
Larsen, Winther, Overgaard, Toft, Bech, Sørensen, Andreasen, Holm, Nissen, Carlsen, Dahl, Lund,
Paulsen, Olsen, Schultz, Andresen, Bach, Danielsen, Frandsen, Berg, Gregersen

NOR male: Bjørn, Mathias, Hans, Kim, Andreas, Ivar, Torbjørn, Ola, Espen, Christian, Kjell, Frode,
Tobias, Petter, Sander, Dag, Olav, Robert, Adrian, Frank, John, Nils, Roy, Stig, Markus, Tore, Pål,
Håvard, Helge, Arild, Alf, Thomas, Steinar, Stian, Asbjørn, Rolf, Leif, Magne, Kjetil, Per

NOR female: Liv, Heidi, Helene, Hanne, Siv, Karoline, Berit, Gunn, Kjersti, Sofie, Lene, Cathrine,
Jorunn, Marit, Trine, Hanna, May, Ingeborg, Linn, Eva, Cecilie, Randi, Laila, Tonje, Ida, Nina,
Inger, Elise, Rita, Gro, Ann, Kristin, Tove, Anita, Anna, Ellen, Britt, Line, Emma, Mari

NOR last: Solheim, Nilsen, Myhre, Aasen, Knudsen, Dahl, Eliassen, Andresen, Fredriksen, Kristiansen,
Edvardsen, Bakken, Johansen, Kristoffersen, Moe, Arnesen, Abrahamsen, Bøe, Berg, Sæther, Mathisen,
Hanssen, Paulsen, Vik, Gulbrandsen, Kristensen, Andersen, Jenssen, Moen, Tveit, Jakobsen,
Andreassen, Pettersen, Holm, Pedersen, Halvorsen, Berge, Henriksen, Nielsen, Eide, Antonsen, Nguyen,
Larsen, Ali, Ahmed, Svendsen, Amundsen, Helland, Næss, Eriksen, Strand, Sandvik, Jensen, Nygård,
Rønning, Evensen, Strøm, Thomassen, Lien, Isaksen, Jacobsen, Lunde, Ødegård, Lund, Madsen, Engen,
Haug, Hagen, Knutsen, Solberg, Aas, Danielsen, Berntsen, Iversen, Birkeland, Rasmussen, Christensen,
Tangen, Olsen, Hansen

FIN male: Toivo, Emil, Petteri, Juhani, Ilmari, Juho, Lauri, Vesa, Samu, Jari, Johannes, Ville,
Teemu, Antti, Teuvo, Pekka, Jouni, Pentti, Verneri, Aimo, Elmeri, Vilho, Olavi, Mikael, Topias,
Tapio, Reijo, Henry, Pasi, Einari, Kari, Samuel, Seppo, Heikki, Sami, Kalevi, Antero, Valtteri,
Onni, Asko

FIN female: Mirjam, Mia, Helena, Julia, Marja, Marianne, Inkeri, Terttu, Tellervo, Venla, Johanna,
Maria, Amanda, Jaana, Anneli, Anne, Päivikki, Suvi, Seija, Hannele, Liisa, Sari, Aulikki, Maaria,
Kristina, Marketta, Katariina, Noora, Jasmin, Päivi, Anni, Eeva, Sofia, Irmeli, Ella, Sinikka,
Margareta, Irma, Maarit, Nina

FIN last: Karlsson, Salonen, Kinnunen, Kähkönen, Leino, Reinikainen, Rantanen, Suominen, Koivisto,
Heinonen, Ojala, Erkkilä, Laakkonen, Kari, Leppänen, Niemelä, Nyberg, Vuorela, Grönroos, Aaltonen,
Laukkanen, Anttila, Järvinen, Lepistö, Keskitalo, Kivistö, Virtanen, Jauhiainen, Penttilä, Laitinen,
Kyllönen, Tiihonen, Mikkonen, Kukkonen, Nurminen, Honkanen, Mäkelä, Seppänen, Salo, Heino, Räisänen,
Rajala, Niskanen, Laakso, Soini, Nyman, Lilja, Autio, Korpi, Ryynänen, Alanen, Virta, Ihalainen,
Linna, Karppinen, Hämäläinen, Rantala, Malinen, Väyrynen, Kulmala, Marttila, Tikkanen, Harju,
Hakala, Nieminen, Turpeinen, Peltola, Pakarinen, Berg, Heiskanen, Mattila, Hyvärinen, Penttinen,
Pitkänen, Lindström, Turunen, Kankaanpää, Suomalainen, Helin, Leinonen

NED male: Daniël, Hendrik, Lenn, Sem, Timo, Pepijn, Mohamed, Jelte, Twan, Emir, Jonathan, Thom,
Noud, Stan, Leon, Muhammed, Valentijn, Justin, Seth, Thijmen, Kian, Hamza, Dylano, Rik, Mathijs,
Matthijs, Mika, Ravi, Ibrahim, Kyan, Kevin, Jens, Pieter, Siem, Jonas, Kay, Tom, Niels, Luka, Sep

NED female: Iris, Fabiënne, Megan, Amira, Quinty, Julia, Amélie, Fiene, Kaylee, Sophia, Silke,
Esmée, Norah, Elizabeth, Nora, Hannah, Elize, Laura, Noëlle, Noor, Elisabeth, Hanna, Isabel, Merle,
Puk, Anne, Mara, Aimée, Pippa, Leah, Maya, Veerle, Liz, Lot, Lucy, Luna, Aaliyah, Naomi, Lisanne,
Nikki

NED last: Vegt, de Mol, Rijcken, van de Noordmark, Drysdale, Ouwel, Schenkel, Lamore, Appelman,
Houdijk, Huijzing, van den Oever, Vierdag, van 't Wel, Aertsz, Wolzak, Buijs, Postma, van de Wal,
Doorhof, van den Berg, Stamrood, le Gulcher, van Eck, Woutersz, de Pauw, van het Heerenveen, van
Heusden, Lamotte, Velderman, Overdijk, Broek, Visser, Beourgeois, Oennen, Walter, Backer, Schenk,
Brisee, Boddaugh, van Egisheim, van der Spaendonc, d' Heripon, Dennenberg, van Goerle, Wendt, Arens,
Momberg, Mol, Bosman, Becht, van Nes, Heribert van Laon, van Gent, Haack, van Daal, Moet, Risma, van
der Klein, van Ham, Claesner, van Velthoven, Miner, Weijland, Dircken, van Olst, de Vos, Janse,
Doornhem, van Laon, Rippey, van de Ven, Segerszoen, Nijman, Gemen, Verbeek, Mathol, Schilt, van den
Nyeuwenhuysen, Westermann

BEL male: Geert, Eric, Serge, Romain, Tom, Thibaut, Stefaan, Régis, Filip, Diego, Dirk, Clément,
Thierry, Steve, Oliver, Mohammed, Oscar, Nathan, Stefan, Said, Remi, Philippe, Eddy, Cédric, Martin,
Sebastiaan, Roger, Chris, Benjamin, Leo, Kenny, Jozef, Jean-Marc, Noël, Joren, Jean, Axel, André,
Jef, Henri

BEL female: Nore, Océane, Nathalie, Marie, Marie-Thérèse, Diane, Christine, Lore, Léa, Joke,
Jacqueline, Martine, Micheline, Maria, Nadine, Imane, Hilde, Francine, Claudia, Christel, Joëlle,
Jeannine, Dominique, Cindy, Chloé, Caterina, Marie-Christine, Marion, Nele, Nelly, Marina, Mila,
Nicole, Tineke, Valérie, Brigitta, Bernadette, Beatrice, Aurélie, Lena

BEL last: François, Lambotte, Matthys, Fontaine, Vandenbroucke, Lambert, Peeters, Piérard, Lammens,
Lejeune, Mees, Huart, De Wolf, Lange, Blommaert, Diallo, Theys, Bauduin, Verlinden, Messina, De
Bruycker, Simon, Schepens, Compère, Moons, Malherbe, Michiels, Lecomte, Van den Eynde, Leclercq,
Maes, Pirard, Vanderlinden, Lacroix, Helsen, Poncin, Van Loon, Gilbert, Verheyen, Parmentier, Boone,
Schumacher, Borremans, Bernard, Lemmens, Bertrand, Jacob, Smet, Jacobs, De Wilde, Martin,
Vandevelde, Detournay, Michielsen, Remacle, Dierckx, Engelen, Duquesne, Verhaeghe, Evrard, Dekeyser,
Schmit, Van Assche, Dubois, De Schryver, Minet, Hendrickx, Demaret, Goris, Gillard, Georges,
Vanderstraeten, Jonckheere, Raskin, Claeys, Henin, De Backer, Carpentier, Christiaens, Collard

AUT male: Finn, Vincent, Alex, Nick, Merlin, Matthias, Aaron, Valentino, Andrej, Friedrich, Hugo,
Michael, Ricardo, Chris, Anton, Oskar, Max, Phillip, Matheo, Marvin, Timon, Natan, Patrik, Dario,
Tobias, Darko, Marcel, Angelo, Florian, Sam, Fernando, Nicolas, Aron, Mike, Stefan, Raffael,
Maurice, Igor, James, Jan

AUT female: Leni, Natalie, Angelika, Katja, Maria, Leontina, Nikita, Mara, Andrea, Tina, Rosalie,
Nele, Lana, Romy, Raffaela, Mia, Isabel, Lisa-Marie, Nelly, Nadine, Catharina, Helene, Linnea,
Melissa, Nikola, Rosa, Charlotte, Tiffany, Berra, Martina, Elisabeth, Philippa, Ajna, Lorena, Ylvie,
Emilie, Hannah, Laura, Luise, Lily

AUT last: Stummer, Schuster, Varga, Kaufmann, Herzog, Jung, Kern, Grüner, Kössler, Waltl, Lehner,
Lassnig, Zach, Schatz, Egger, Gamsjäger, Jank, Rauscher, Stelzer, Fritz, Suppan, Praxmarer,
Froschauer, Scheer, Heissenberger, Schiefer, Neuhauser, Forstner, Wurm, Gratzer, Röck, Kreiner,
Neubauer, Nemeth, Schmidt, Weidinger, Fasching, Kölbl, Neumeister, Maringer, Ott, Schmid, Vogler,
Eberharter, Schantl, Auer, Ferstl, Klotz, Aschauer, Sonnleitner, Hermann, Hainzl, Kloiber, Widhalm,
Hämmerle, Schaller, Punz, Salzer, Schartner, Reinthaler, Windisch, Edlinger, Brandtner, Schilcher,
Kohler, Buchegger, Held, Hubmann, Zangerl, Meister, Decker, Messner, Spreitzer, Klein, Handler,
Müllner, Sattler, Brenner, Reitinger, Eisl

POR male: Tomé, Joaquim, Gustavo, Martim, Eduardo, Gonçalo, Fábio, Álvaro, Nelson, Francisco, Luca,
Kevin, Simão, Mauro, Renato, Diego, Ângelo, Tiago, Vasco, Gil, Mário, Tomás, Igor, João, Jaime,
Leonardo, Mateus, Frederico, Bryan, Marcos, Jorge, Duarte, Artur, António, Denis, Ismael, José,
David, Dinis, Gabriel

POR female: Lúcia, Flor, Violeta, Mariana, Juliana, Luciana, Anita, Mara, Camila, Kyara, Beatriz,
Soraia, Vitória, Melissa, Matilde, Ariana, Kelly, Laura, Bianca, Madalena, Nair, Joana, Rafaela,
Carlota, Benedita, Isabel, Érica, Ângela, Jéssica, Luana, Nádia, Fabiana, Eduarda, Patrícia, Eva,
Caetana, Larissa, Lia, Pilar, Erica

POR last: Castro, Santos, Sousa, Borges, Sá, Pires, Baptista, Vaz, Pereira, Faria, Cunha, Pinto,
Correia, Andrade, Vieira, Matias, Ferreira, Batista, Figueiredo, Leite, Valente, Monteiro, Simões,
Gonçalves, Vicente, Miranda, Soares, Coelho, Mendes, Brito, Lopes, Cardoso, Morais, Guerreiro,
Carneiro, Ribeiro, Fernandes, Fonseca, Rocha, Esteves, Abreu, Jesus, Pacheco, Branco, Martins,
Antunes, Nascimento, Macedo, Matos, Nogueira, Mota, Silva, Freitas, Barros, Magalhães, Domingues,
Lima, Nunes, Pinho, Machado, Araújo, Barbosa, Amaral, Neves, Moreira, Gomes, Alves, Loureiro,
Henriques, Paiva, Teixeira, Torres, Rodrigues, Melo, Maia, Neto, Anjos, Gaspar, Reis, Almeida

USA male: Christopher, Mark, Cameron, Donald, Daniel, Ronald, Joseph, Anthony, John, James, Jeffery,
Jake, Tony, Shawn, Tyler, William, Curtis, Edward, Robert, Michael, Dave, Malik, Steven, Jeffrey,
Walter, Justin, Kent, Eric, Zachary, Jason, Jacob, Brian, Jerry, Douglas, Raymond, Adam, Shane,
Derek, Christian, Samuel

USA female: Deborah, Lauren, Joyce, Julie, Stephanie, Diana, Melissa, Elizabeth, Marie, Anna,
Shannon, Megan, Cindy, Erin, Andrea, Jamie, Alison, Heather, Lynn, Alexis, Sandra, Stacy, Crystal,
Nancy, Janice, Marissa, Rebecca, Mary, Anne, Robin, Cathy, Brenda, Kaitlyn, Cassandra, Amber,
Michele, Kaitlin, Lisa, Amanda, Karen

USA last: Hill, Miller, White, Gutierrez, Allen, Sexton, Perez, Poole, Burgess, Hall, Boyd, Lucas,
Warren, Garza, Reed, Valdez, Weber, Ross, Bradley, Munoz, Erickson, Jenkins, Ruiz, Carter, Parrish,
Schmitt, Blair, Ryan, Gibson, Patel, Scott, Garcia, Moore, Nunez, Rodriguez, Carrillo, Nguyen,
Bowman, Wright, Johnson, Lopez, Walker, Hamilton, Taylor, Landry, May, Rice, Gomez, Ellis, Davis,
Ray, Nelson, Evans, Ortega, Robinson, Gonzalez, Fuller, Hunter, Robbins, Potts, Hayes, Camacho,
Kidd, Williams, King, Luna, Shaw, Smith, Horton, Morris, Hubbard, Blankenship, Dominguez, Phillips,
Fox, Maldonado, Baker, Brooks, Bonilla, Clarke

CAN male: Timothy, Antoine, Andrew, René, James, Michel, Kenneth, Étienne, John, Tristan, Nicholas,
Raymond, Thomas, Jules, Joseph, Alain, Jonathan, Samuel, Michael, Robert, Antonio, Édouard, Cory,
Jack, Benoît, Victor, Charles, Gilles, Jorge, Marcel, Brandon, André, Bradley, Vincent, Kevin,
Joshua, Johnny, Roger, Daniel, Phillip

CAN female: Lindsey, Simone, Victoria, Audrey, Jennifer, Brigitte, Julie, Margaret, Lori, Christine,
Rachel, Lucy, Amber, Laetitia, Ashley, Lorraine, Desiree, Sylvie, Natalie, Émilie, Tracie, Rosalie,
Cindy, Martine, Andrea, Chantal, Bonnie, Édith, Cheryl, Isabelle, Josette, Patricia, Mathilde,
Maria, Anne, Stéphanie, Theresa, Andrée, Denise, Valerie

CAN last: Moore, Nguyen, Lee, Blanchette, Swanson, Lemire, Schneider, Cormier, Miller, St-Jean,
Thomas, Duguay, Abbott, Vincent, Palmer, Perreault, Taylor, Godin, Clark, Simard, Merritt, Blais,
Martin, Perkins, Brisson, Higgins, Gosselin, Dorsey, Larivière, Ford, Daigle, Meyer, Lang,
St-Laurent, King, Bélanger, Smith, Marcoux, Langlois, Harper, Doucet, Hall, Drouin, Dawson, Bégin,
Hernandez, Beauregard, Bilodeau, Mitchell, Delisle, Turner, Plourde, Poole, Bernier, Campbell,
Larose, Benjamin, Robinson, Perron, Brown, Charette, Martinez, Gilbert, Benitez, Cloutier, Solomon,
Vallée, Gomez, Bédard, Forbes, Coulombe, Dufresne, Morris, Bailey, Boutin, Provost, Franklin,
Martel, Curtis, Giroux

MEX male: Roberto, Patricio, Iván, Oswaldo, Diego, Marcos, Julio César, Ignacio, Jos, Zacarías,
Bernardo, Jorge, Felipe, Jerónimo, Enrique, Martín, Manuel, Genaro, Ramiro, Rolando, Reynaldo,
Horacio, Leonardo, Nicolás, Abraham, Porfirio, Zeferino, Rubén, Aldo, Octavio, Espartaco, Jorge
Luis, Antonio, Evelio, Isaac, Modesto, Federico, Pedro, Julio, Eric

MEX female: Citlali, Leonor, Ofelia, Esperanza, Laura, Abril, Amalia, Elvia, Alta Gracia, Mercedes,
Amanda, Yeni, Clara, Patricia, Conchita, Silvia, Barbara, María Cristina, Tania, Rosario, Alicia,
Dalia, Karla, Florencia, María Teresa, Marcela, Cristal, Juana, Isabela, Dolores, Estefanía, Noemí,
Mayte, Norma, Catalina, Jaqueline, Leticia, Margarita, Zoé, Angélica

MEX last: Vaca, Alonso, Montoya, Maestas, Maya, Baeza, Altamirano, Muro, Correa, Marrero, Santiago,
Valdés, Márquez, Miranda, Gastélum, Velásquez, Pérez, Camacho, Reyna, Longoria, Roque, Lerma,
Carrillo, Archuleta, Cervántez, Brito, Sevilla, Ontiveros, Zavala, Alvarado, Aguayo, Barragán, Niño,
Guillen, Pineda, Alarcón, Mendoza, Torres, Garay, Esparza, Ruiz, Rico, Tamayo, Ramón, Zaragoza,
Trujillo, Olivares, Espino, Cordero, Ornelas, Arriaga, Terán, Esquibel, Loera, Alcaraz, Quesada,
Cortés, Almonte, Curiel, Ochoa, Armendáriz, Lucero, Corral, Ramírez, Velázquez, Murillo, Vela, Alba,
Aranda, Sosa, Lozada, Pizarro, Galindo, Jiménez, Barrientos, Polanco, Olivera, Morales, Alfaro, Ceja

ARG male: Salvador, Luciano, Mateo, Lisandro, Juan Cruz, Juan Pablo, Lautaro, Benjamin, Lorenzo,
Fausto, Francesco, Facundo, Sebastian, Federico, Felipe, Santino, Bautista, Martín, Ignacio, Mateo
Benjamin, Joaquín, Juan Ignacio, Thiago, Jeremias, Pedro, Guadalupe, Tomàs, Valentin, Simon, Franco,
Francisco, Geronimo, Agustín, Thiago Valentin, Manuel, Juan Manuel, Matias, Ciro, Joaquin, Luca

ARG female: Juana, Alma, Abril, Luna, Maria Luz, Matilda, Martina, Alfonsina, Guillermina, Alma
Jazmin, Bianca, Morena Jazmin, Justina, Josefina, Francisca, Zoe, Mora, Valentina, Paloma, Violeta,
Emilia, Delfina, Lola, Jazmin, Lucia, Joaquina, Isabella, Mia Jazmin, Julieta, Ludmila, Maria
Victoria, Sofia Belen, Catalina, Carmela, Francesca, Alma Valentina, Pilar, Malena, Luciana, Clara

ARG last: Muñoz, Garcia, Gomez, Rodriguez, Carrizo, Juarez, Valdez, Paez, Ledesma, Guzman, Arias,
Herrera, Maidana, Benitez, Correa, Rivero, Ojeda, Torres, Gonzalez, Bustos, Ferreyra, Ramirez,
Lopez, Gimenez, Silva, Ponce, Soto, Martinez, Cabrera, Diaz, Fernandez, Moyano, Vega, Molina,
Toledo, Velazquez, Flores, Miranda, Ortiz, Bravo, Sosa, Perez, Ayala, Acuña, Farias, Rios, Moreno,
Mansilla, Sanchez, Acosta, Aguirre, Cardozo, Figueroa, Martin, Hernandez, Castro, Maldonado, Romero,
Rojas, Blanco, Morales, Coronel, Luna, Ruiz, Peralta, Cruz, Leiva, Gutierrez, Olivera, Alvarez,
Villalba, Castillo, Suarez, Aguero, Mendez, Pereyra, Ramos, Dominguez, Medina, Paz

COL male: Antonio, Ferney, Walter, Jorge, Fernando, Leonardo, Carlos, Brayan, Alfonso, Alexander,
Manuel, Andrés, Julián, Arturo, Sebastián, Felipe, Iván, Henry, Moisés, Juan, José, Fabio, Oswaldo,
Jesús, David, Álvaro, César, Roberto, Jader, Alberto, Mateo, Edwin, Cristian, Julio, René, Pedro,
Javier, Luis, Óscar, Augusto

COL female: Milena, Marcela, Elizabeth, Paula, Diana, María, Ana, Kelly, Viviana, Sara, Lizeth,
Sandra, Daniela, Alejandra, Martha, Doris, Lina, Fernanda, Susana, Concepción, Inés, Edna, Alicia,
Yenny, Dayana, Natalia, Camila, Claudia, Clara, Ingrid, Blanca, Dolores, Sonia, Mayra, Julieth,
Melissa, Amparo, Laura, Margarita, Elvira

COL last: Maldonado, Castaño, Rincón, Arenas, Montoya, Cano, Benavides, Morales, Jiménez, Castillo,
Sánchez, González, Ariza, Giraldo, Restrepo, Vargas, Méndez, Mesa, Leal, Gamboa, Ramírez, Loaiza,
Rodríguez, Rojas, Guzmán, García, Fuentes, Torres, Gutiérrez, Gómez, Obando, Quiroz, Córdoba,
Mendoza, Vallejo, Castellanos, Velásquez, Valencia, Riascos, Saavedra, Santos, Velandia, Serna,
Muñoz, Pacheco, Sierra, Silva, Bernal, Osorio, Hernández, Alzate, Benítez, Parra, Correa, Arboleda,
Herrera, Cabrera, Rangel, Márquez, Díaz, Acosta, Jaramillo, Guerrero, Zuluaga, Vera, Calderón,
Camacho, Álvarez, Bejarano, Ruiz, Agudelo, León, Durán, Delgado, López, Vega, Henao, Romero, Pardo,
Martínez

CHI male: Moisés, Samir, Jorge, Freddy, Oscar, Danilo, Benito, Eithan, Miguel, Héctor, Diego,
Patricio, Johnny, Rubén, René, Carlos, Mauricio, Rodrigo, Benjamin, Maximiliano, Emilio, Eduardo,
Benedicto, Ignacio, Francisco, Samuel, Cristóbal, Sebastián, José, Iván, Dagoberto, Hugo, Luis,
Elian, David, Ricardo, Norman, Elvis, Hernán, Cristian

CHI female: Paulina, Edith, Carolina, María, Anna, Karen, Julieta, Susana, Camila, Sandra, Renata,
Mónica, Francisca, Nancy, Lucía, Fresia, Teresita, Florencia, Alicia, Agustina, Evelyn, Lilian, Ana,
Anahí, Margarita, Jeannette, Javiera, Antonia, Mireya, Úrsula, Cristina, Gloria, Romina, Ximena,
Norma, Cecilia, Laura, Verónica, Blanca, Constanza

CHI last: Neira, Gutiérrez, Alvarado, Torres, Rojas, Casanova, Contreras, Villegas, Cárdenas,
Osorio, Parra, Castro, Ramírez, Salgado, Arriagada, Aburto, Baeza, Cortés, Carvajal, Palma, Vásquez,
Letelier, Gómez, Toledo, Arias, Albornoz, Vivanco, Jara, Bustos, Espinosa, Espinoza, Rojo, Medina,
Muñoz, Barría, González, Ríos, Bravo, Bahamonde, Candia, Reyes, Oyarzo, Alarcón, Ortiz, Zamora,
Arenas, Fuentes, Leal, Molina, Díaz, Moreno, Durán, Cid, Hernández, Sandoval, Pastén, Miranda,
Paredes, Ulloa, Valdés, Santibáñez, Uribe, Gálvez, Salazar, Álvarez, Sánchez, Silva, Riquelme,
Calderón, Urbina, Navarro, Moya, Pino, Venegas, Ruiz, Sáez, Mercado, Acuña, Cavieres, Bugueño

RSA male: Marc, Rayan, Siyabonga, Jordan, Jort, Mlungisi, Charles, Bjorn, Bhekani, Jeremy, Jason,
Mcebisi, Henry, Job, Minenhle, Reece, Mart, Njabulo, Colin, Joshua, Darren, Xavi, Thalente,
Jonathan, Sil, Cameron, Lungile, Julian, Dirk, Jabulani, Alex, Bryan, Guy, Daniël, Mzamo, Danny,
Levi, Musa, Iain, Koen

RSA female: Katy, Puk, Thembile, Jessica, Janna, Nomthandazo, Heather, Yinthe, Thembisile, Jayne,
Robin, Simphiwe, Mary, Maartje, Siphesihle, Jasmine, Mara, Lynda, Renske, Sibusisiwe, Michelle,
Lizzy, Sihawukele, Rachael, Louise, Zakhele, Rosie, Sanne, Bhekokwakhe, Alison, Anna, Owethu,
Danielle, Liv, Nqobizitha, Charlotte, Lena, Gugulethu, Dana, Zibuyile

RSA last: Burton, van der Heiden, Mashinini, Collier, van de Berg, Mafuleka, Johnston, Hakker,
Madiba, Thompson, van Voorst, Madlanduna, Kay, Loreal, Msibi, Watts, Risma, Mhayise, Hayes,
Diesbergen, Ncusi, Macdonald, Gwija, Thorpe, van Bernicia, Porter, Claassen, Dubazane, Gray, Koster,
Shoyisa, Davey, Mater, Gigaba, Horton, Ligtvoet, Nhlengethwa, Daly, Levesque, Mboko, Cameron, Arens,
Mkhungo, Clayton, Kalman, Mgabhi, Lloyd, Hulst, Mfeka, Baker, Marceron, Bikelwayo, Briggs, van Mil,
Mathetha, Bentley, Elbertse, Nsindane, Robertson, Jerusalem, Mnqamu, West, Köster, Mkhathini, Walsh,
van Geffen, Kheswa, Harris, Lathrope, Musi, Rowe, Momberg, Peacock, Zeldenrust, Thenjwayo, Barnett,
de Hoog, Ndima, Johnson, Cant

AUS male: Patrick, Timothy, Max, Lachlan, Derek, Graeme, Shaun, Michael, Lewis, Shane, Hugh, George,
Brian, Thomas, Dean, Peter, Donald, Kauri, Elliott, Joshua, Jeremy, William, Louis, Stephen, Paul,
Tony, Ryder, Mark, Alex, Philip, Robert, Wayne, Samuel, Eric, Kevin, Arthur, Alexander, James,
Richard, Logan

AUS female: Ashleigh, Paige, Sylvia, Kelly, Frances, Scarlett, Molly, Margaret, Helen, Mereana,
Pauline, Raewyn, Cheryl, Kate, Harriet, Anne, Marian, Nicole, Patricia, Michelle, Marilyn, Megan,
Shannon, Valerie, Lucy, Judith, Lindsey, Colleen, Lydia, Ashley, Carolyn, Sienna, Jayne, Brooke,
Philippa, Melissa, Tessa, Alison, Lynda, Alexis

AUS last: Gibson, Orr, Taylor, Atkinson, Lees, Fisher, Morris, Jones, Begum, Sanders, John, Jarvis,
Brown, Waghorn, Wong, Powell, Baker, Palmer, Campbell, Parker, Watkins, Davis, Hume, Wells,
Drummond, Hawkins, Jennings, Pearce, Huddleston, Smith, Jensen, Blake, Rutherford, Roberts, Booth,
Turner, Donald, Field, James, Godfrey, May, Ham, Ferguson, Marshall, Lyon, Fuller, Coutts, Vincent,
Gardiner, Jackson, Mitchell, Edwards, Patterson, Millar, Morgan, Middleton, Corlett, Griffiths, Hay,
Richardson, Christiansen, Clarke, Rees, Martin, Lamb, Russell, Freeth, King, Miller, Wood, Anderson,
Cook, Khan, Claridge, Burr, Berry, Cox, West, Thompson, Burns

NZL male: Tai, Craig, Trevor, Nicholas, Darryl, Adam, Hamish, Kahurangi, Luke, Samuel, Robert,
David, Archer, Philip, Mark, Andrew, Tony, Noel, William, Ross, Michael, Matthew, Stephen, Daniel,
Riley, Steven, Darren, Kim, Kevin, Ben, Benjamin, Jeffrey, Paul, Braxton, Patrick, Christopher,
John, Bruce, Carl, Dion

NZL female: Mahi, Victoria, Catherine, Amanda, Karen, Margaret, Susan, Rose, Amelia, Michele,
Andrea, Sophie, Miriama, Stacey, Erin, Jenna, Hayley, Christine, Tiana, Amy, Claire, Stephanie,
Grace, Brooke, Ashleigh, Sarah, Ella, Diane, Katie, Kayla, Linda, Jan, Charlotte, Mary, Nicola,
Lisa, Chelsea, Rachel, Jeanette, Jolene

NZL last: Elliott, Anderson, Stevens, Gullery, McCarthy, Reid, Scott, Smith, Perano, Henderson,
McGregor, Ritchie, Robb, Gill, Morris, McEwen, O'Neill, Buckley, Gardiner, Hyde, Simpson, Miller,
Wells, Hook, Bird, Reeves, Lee, Powell, Cunningham, Rogers, Jefferies, McIntyre, Small, Boyce, Gee,
Evans, McIntosh, Doyle, Zimmerman, Ching, Herd, Webster, Weston, McFarlane, Bradley, Oliver, Morton,
Williamson, Ireland, Lyon, Sixtus, Mitchell, Whyte, Adams, McNabb, Bishop, Mason, Gardner, Saunders,
Bailey, Gordon, Harris, Cameron, Gray, Claridge, Forrest, Read, Dean, Holland, Broughan, Berry,
Horn, MacDonald, Holdaway, Bright, Osborne, Stewart, Potter, Hamilton, Beattie

JPN male: Sotaro, Shota, Ryohei, Yoichi, Kazuya, Osamu, Atsushi, Jun, Taro, Kyosuke, Naoto, Taichi,
Tsubasa, Mituru, Yuki, Ryosuke, Yasuhiro, Hideki, Naoki, Akira, Yosuke, Minoru, Takuma, Rei,
Hiroshi, Shohei, Tomoya, Yuta, Manabu, Kenichi

JPN female: Hanako, Momoko, Kana, Yoko, Kaori, Kumiko, Sayuri, Haruka, Akemi, Naoko, Nanami, Chiyo,
Satomi, Maaya, Yumiko, Asuka, Rika, Yui, Mikako, Miki, Mai

JPN last: Matsumoto, Sasaki, Tanaka, Kato, Sato, Ikeda, Ota, Sakamoto, Hashimoto, Okada, Yamada,
Goto, Ito, Fukuda, Takahashi, Kimura, Fujiwara, Inoue, Suzuki, Watanabe, Yoshida, Yamazaki, Fujii,
Nakajima, Ishii, Abe, Kobayashi, Nakamura, Ishikawa, Matsuda, Fujita, Yamashita, Shimizu, Maeda,
Hayashi, Miura, Nishimura, Yamaguchi, Mori, Yamamoto, Saito, Hasegawa, Kondo, Endo, Okamoto,
Nakagawa, Murakami, Ogawa, Aoki

IND male: Ranveer, Ayaan, Isaiah, Samuel, Bakhshi, Maanav, Andrew, Matthew, Tristan, Omkaar,
Devansh, Utkarsh, Qarin, Jason, Zaid, Madhav, Falan, Aryan, Harsh, Samesh, Pranit, Indrajit, Advay,
Tejas, Chakradhar, Harshil, Anirudh, Wriddhish, Laban, Abhimanyu, Pratyush, Brijesh, Gavin, Ekbal,
Alexander, Shivansh, Upkaar, Timothy, Manthan, Krishna

IND female: Daksha, Charita, Rachana, Dayamai, Hema, Dhriti, Forum, Gautami, Sudiksha, Ekaja,
Ojasvi, Vansha, Eta, Dayita, Nidhi, Jasmit, Vamakshi, Kamya, Shivani, Alka, Lila, Nitara, Aahana,
Edhitha, Ati, Zinal, Tanmayi, Janaki, Chaitaly, Leena, Maya, Xalak, Janani, Upma, Amara, Aradhana,
Anita, Anya, Sachi, Wishi

IND last: Dugar, Singhal, Memon, Mannan, Dhaliwal, Manne, Wadhwa, Deol, Saini, Raman, Agrawal,
Sabharwal, Ratta, Purohit, Narain, Bhatt, Sachar, Bhasin, Nagar, Chada, Loyal, Rajagopalan, Roy,
Sampath, Tella, Basak, Virk, Balan, Prabhakar, Pai, Jhaveri, Morar, Natarajan, Bhatti, Chadha,
Prakash, Datta, Chand, Sridhar, Mander, Sarma, Malhotra, Sankaran, Mandal, Shah, Hans, Master, Mand,
Sheth, Kibe, Dash, Kapur, Pau, Shankar, Agarwal, Bail, Sundaram, Dass, Bandi, Wali, Sangha, Toor,
Shetty, Sagar, Pandey, Sodhi, Bal, Kari, Shan, Sekhon, Tailor, Ramakrishnan, Chaudhuri, Dutta, Dada,
Lalla, Pal, Palla, Mitra, Kapoor
"""
