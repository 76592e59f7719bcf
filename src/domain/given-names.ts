/** Given names by rank of frequency; as words, not as anybody's. */
export const FEMININE_GIVEN_NAMES =
  `Marie Nathalie Isabelle Sophie Catherine Julie Sandrine Camille Céline Stéphanie Valérie Aurélie Émilie Anne Laura
Virginie Christine Sylvie Caroline Véronique Pauline Claire Élodie Marine Laurence Delphine Karine Mélanie Florence Léa Audrey Charlotte Corinne
Sarah Manon Christelle Mathilde Martine Cécile Patricia Laetitia Lucie Agnès Amandine Hélène Brigitte Béatrice Emmanuelle Carole Anaïs Françoise
Élise Justine Chloé Amélie Alice Marion Clémence Anne-Sophie Anne-Laure Muriel Vanessa Morgane Solène Margaux Fanny Estelle Juliette Jessica Ophélie
Sabrina Magali Laure Pascale Séverine Dominique Coralie Chantal Anne-Marie Clara Inès Emma Alexandra Marlène Nadège Fabienne Elsa Mylène Gaëlle Myriam
Noémie Nadine Annie Monique Jacqueline Maud Jeanne Louise Aude Evelyne Adeline Elisabeth Lise Ludivine Gwenaëlle Marianne Marie-Christine
Marie-Claude Marie-Laure Marie-Pierre Marie-Hélène Marie-José Marie-Thérèse Marie-Odile Marie-Noëlle Marie-Agnès Marie-Ange Marie-Line Marie-Paule
Marie-France Anne-Claire Anne-Lise Anne-Cécile Anne-Charlotte Anne-Gaëlle Claire-Marie Rose-Marie Lou-Anne Eva-Marie Bénédicte Blandine Eugénie Hortense
Apolline Capucine Constance Diane Edwige Esther Eloïse Flavie Flora Garance Gabrielle Ghislaine Geneviève Gisèle Henriette Irène Jade Joëlle Josiane
Joséphine Judith Katia Laurie Lauriane Leïla Liliane Lina Lola Lorène Lydie Lyse Madeleine Maëlle Maëva Marguerite Maryse Mireille Mélissa Mégane Nelly
Nicole Nina Océane Odile Olivia Oriane Pénélope Perrine Prune Rachel Raphaëlle Régine Romane Rosalie Roxane Salomé Sabine Servane Simone Solange Suzanne
Sixtine Tiphaine Typhaine Thérèse Victoria Victoire Viviane Violette Yaël Yolande Yvette Zoé Aïcha Amina Assia Farida Fatima Fatiha Hafida Hanane Houda
Ikram Khadija Karima Lamia Latifa Linda Malika Meryem Nabila Nadia Naïma Nora Rachida Samia Samira Salima Siham Sonia Souad Soraya Yasmina Zineb Zohra
Aminata Awa Bintou Coumba Fatou Mariama Ndeye Rokhaya Oumou Ana Beatriz Catarina Filipa Inês Joana Lurdes Maria Paula Rosa Teresa Carmen Dolores Pilar
Mercedes Giulia Chiara Francesca Silvia Paola Ioana Andreea Elena Cristina Mihaela Olga Svetlana Tatiana Agnieszka Katarzyna Thi Linh Mai Huong Lan Phuong
Mei Xiao Maïwenn Nolwenn Rozenn Soizic Enora Maïté Amaia Miren Nahia Lætitia Vannina Lisandra Ghjulia`
    .split(/\s+/)
    .filter(Boolean);

export const MASCULINE_GIVEN_NAMES =
  `Philippe Nicolas Thomas Pierre Jean Michel Christophe Laurent Olivier Julien Alexandre Frédéric Stéphane Guillaume
David Éric François Sébastien Antoine Vincent Pascal Patrick Romain Maxime Benjamin Thierry Benoît Alain Jérôme Bruno Mathieu Arnaud Xavier Bernard Didier
Fabrice Emmanuel Franck Hervé Gilles Paul Clément Hugo Florian Matthieu Quentin Kévin Simon Rémi Jonathan Adrien Denis Lucas Damien Cédric Yann Gérard Luc
Marc Baptiste Jacques Grégory Ludovic Fabien Anthony Louis Valentin Dominique Charles Étienne Samuel Jean-Pierre Jean-Claude Jean-Michel Jean-Marc
Jean-François Jean-Philippe Jean-Luc Jean-Paul Jean-Louis Jean-Marie Jean-Jacques Jean-Baptiste Jean-Christophe Jean-Yves Jean-Sébastien Jean-Charles
Jean-Noël Jean-Denis Jean-Bernard Jean-Eudes Jean-Loup Jean-Daniel Pierre-Yves Pierre-Alain Pierre-Emmanuel Pierre-Antoine Pierre-Louis Pierre-Jean
Paul-Henri Paul-Antoine Marc-Antoine Marc-Olivier Louis-Marie Charles-Henri François-Xavier Henri-Pierre Yves-Marie Victor Arthur Gabriel Raphaël Jules
Robin Loïc Mickaël Cyril Gaël Gautier Gilbert Serge Yves Robert Roland René Roger Raymond Daniel Claude Georges Henri Joël Joseph Lionel Marcel Martin
Maurice Noël Patrice Régis Rodolphe Sylvain Tanguy Théo Tristan Ulysse Valéry Wilfried Yannick Yoann Aurélien Augustin Armand André Alban Alexis Ambroise
Anatole Aristide Auguste Axel Barnabé Basile Bastien Bertrand Boris Brice Camille Célestin Corentin Cyprien Dimitri Donatien Dorian Edgar Édouard Elie
Eliott Emeric Enzo Ernest Erwan Eudes Eugène Fabian Félix Ferdinand Florent Francis Franz Gaëtan Gaspard Gauthier Geoffroy Germain Ghislain Grégoire Guy
Gustave Honoré Hubert Isaac Ivan Jérémie Jérémy Joachim Johan Jordan Jocelyn Kilian Lambert Léo Léon Léonard Léopold Lilian Lorenzo Loup Maël Malo Marceau
Marius Marin Médéric Morgan Nathan Nathanaël Nestor Octave Oscar Pacôme Ronan Rudy Stanislas Steven Tom Timothée Titouan Thibault Thibaut Théodore Théophile
Tony Urbain William Xan Zacharie Abdelkader Abdelkrim Abdallah Adel Ahmed Ali Amine Aziz Bilal Brahim Driss Fouad Farid Habib Hakim Hamza Hassan Hicham
Ibrahim Idriss Ismaël Jamel Karim Khaled Lotfi Mehdi Mohamed Mohammed Mounir Mourad Mustapha Nabil Nacer Nordine Omar Rachid Rachad Reda Riad Sami Samir
Saïd Slimane Sofiane Tarek Yacine Youssef Younes Zinedine Amadou Boubacar Cheikh Ibrahima Lamine Mamadou Moussa Ousmane Souleymane Yaya António Carlos
Fernando João José Luís Manuel Miguel Nuno Paulo Pedro Ricardo Rui Tiago Alessandro Andrea Fabrizio Giovanni Giuseppe Marco Matteo Alexandru Andrei
Bogdan Cristian Dan Mihai Radu Piotr Tomasz Sergueï Anh Duc Hung Minh Nam Quang Tuan Van Wei Jun Alan Briac Erwann Goulven Gwendal Gwenaël Kevin Mikael
Riwal Yannig Beñat Eñaut Iban Mikel Peio Xabi Ange-Toussaint Dumè Ghjuvanni Petru Hans Joerg Wolfgang`
    .split(/\s+/)
    .filter(Boolean);
